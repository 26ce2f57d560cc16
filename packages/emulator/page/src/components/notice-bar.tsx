import { notice } from "../data/actions.js";

/** Says how the last action ended. */
export function NoticeBar() {
  const { failed = false, text = "" } = notice.value ?? {};
  return (
    <div class={text && `notice ${failed ? "bad" : "good"}`}>
      <span role="status">{failed ? "" : text}</span>
      <span role="alert">{failed ? text : ""}</span>
      {text && (
        <button
          type="button"
          class="small"
          onClick={() => {
            notice.value = undefined;
          }}
        >
          Dismiss
        </button>
      )}
    </div>
  );
}
