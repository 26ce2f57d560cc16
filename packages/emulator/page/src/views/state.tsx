import { useRef } from "preact/hooks";
import { ConfirmButton } from "../components/confirm-button.js";
import { Section } from "../components/section.js";
import { act } from "../data/actions.js";
import { AdminError, call } from "../data/admin.js";
import { download } from "../data/download.js";

const consequence =
  "All identities, tokens, mappings, policies, faults, counts and logged requests go. Entra ID keeps its signing keys.";

export function State() {
  const picker = useRef<HTMLInputElement>(null);
  const exportState = async () => download("acs-auth-emulator.json", await (await call("GET", "/snapshot")).text());
  const importState = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    await act(`Imported ${file.name}.`, async () => call("POST", "/snapshot", parse(await file.text())));
    input.value = "";
  };
  return (
    <>
      <Section
        title="Export"
        text="A JSON file with everything the emulator holds, so that identities and tokens go on working after an import. It contains the private keys of this emulator: do not share it."
      >
        <button type="button" onClick={() => act("Exported the state.", exportState)}>
          Export the state
        </button>
      </Section>
      <Section
        title="Import"
        text="What the file holds takes the place of the present state. A file with a mistake changes nothing."
      >
        <button type="button" onClick={() => picker.current?.click()}>
          Import a file
        </button>
        <input
          ref={picker}
          type="file"
          accept="application/json,.json"
          aria-label="File to import"
          hidden
          onChange={({ currentTarget }) => importState(currentTarget)}
        />
      </Section>
      <Section title="Reset" text={consequence}>
        <ConfirmButton
          label="Reset the emulator"
          consequence={`${consequence} This cannot be undone.`}
          onConfirm={() => act("The emulator is back at its fixtures.", () => call("POST", "/reset"))}
        />
      </Section>
    </>
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AdminError("The file is not JSON.");
  }
}
