import { useSignal } from "@preact/signals";
import type { EmulatorInfo } from "../../../../src/admin/info.js";
import { CopyButton } from "../../components/copy-button.js";
import { Section } from "../../components/section.js";
import { type SettingsFormat, settingsFormats } from "./settings-formats.js";

/** The environment variables of the reader's own server, to be pasted. */
export function ServerSettings({ settings }: Pick<EmulatorInfo, "settings">) {
  const format = useSignal<SettingsFormat>(settingsFormats[0]);
  const text = format.value.write(settings);
  return (
    <Section
      title="Settings of your server"
      text="These environment variables let a server use the emulator as the fixture API. Node reads NODE_EXTRA_CA_CERTS when a process starts, so it belongs in the shell, not in a .env file that the process reads itself."
    >
      <fieldset class="choices">
        <legend class="visually-hidden">Format</legend>
        {settingsFormats.map((other) => (
          <label key={other.name}>
            <input
              type="radio"
              name="format"
              checked={other === format.value}
              onChange={() => {
                format.value = other;
              }}
            />
            {other.name}
          </label>
        ))}
      </fieldset>
      <div class="block">
        <div class="block-head">
          <strong>{format.value.name}</strong>
          <CopyButton what={`the settings for ${format.value.name}`} text={text} />
        </div>
        <pre>{text}</pre>
      </div>
    </Section>
  );
}
