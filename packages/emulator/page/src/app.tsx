import { useEffect, useRef } from "preact/hooks";
import { NoticeBar } from "./components/notice-bar.js";
import { notice } from "./data/actions.js";
import { emulatorData, isReachable } from "./data/emulator-data.js";
import { currentView, linkTo } from "./router.js";
import { views } from "./views/index.js";

/** The whole page: where one can go, how the last action ended, and the view. */
export function App() {
  const data = emulatorData.value;
  const view = currentView.value;
  const heading = useFocusOnChange(view.title);
  const { Content } = view;
  return (
    <div class="page">
      <header>
        <p class="brand">acs-auth emulator</p>
        <nav aria-label="Views">
          <ul>
            {views.map((other) => (
              <li key={other.path}>
                <a
                  href={linkTo(other)}
                  aria-current={other === view ? "page" : undefined}
                  onClick={() => {
                    notice.value = undefined;
                  }}
                >
                  {other.title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {data && <p class="version">Version {data.info.version}</p>}
      </header>
      <main>
        <p role="alert" class={isReachable.value ? "" : "unreachable"}>
          {isReachable.value ? "" : "The emulator cannot be reached. The page goes on as soon as it runs again."}
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {view.title}
        </h1>
        <p class="muted">{view.text}</p>
        {data ? <Content {...data} /> : <p class="empty">Reading the state of the emulator.</p>}
        <NoticeBar />
      </main>
    </div>
  );
}

/** Whoever follows a link of the page is taken to the heading of the new view. */
function useFocusOnChange(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(title);
  useEffect(() => {
    document.title = `${title} - acs-auth emulator`;
    if (shown.current === title) return;
    shown.current = title;
    heading.current?.focus();
    scrollTo(0, 0);
  }, [title]);
  return heading;
}
