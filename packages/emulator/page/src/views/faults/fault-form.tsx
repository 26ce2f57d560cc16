import { useSignal } from "@preact/signals";
import { Input, Select } from "../../components/field.js";
import { Section } from "../../components/section.js";
import { act } from "../../data/actions.js";
import { call } from "../../data/admin.js";
import { services, serviceTitles } from "../../data/services.js";
import { type DraftMember, draftOf, faultOf, withEffect } from "./draft.js";
import { presets } from "./presets.js";

const serviceChoices = [
  { value: "", label: "All" },
  ...services.map((value) => ({ value, label: serviceTitles[value] })),
];
const methodChoices = ["", "GET", "POST", "PATCH", "DELETE"].map((value) => ({ value, label: value || "All" }));
const stageChoices = [
  { value: "", label: "Before the effect" },
  { value: "after", label: "After the effect" },
];
const connectionChoices = [
  { value: "", label: "Answer" },
  { value: "reset", label: "Cut the connection" },
  { value: "hang", label: "Never answer" },
];

/** Adds a fault, from a preset that can be changed. */
export function FaultForm({ paths }: { readonly paths: readonly string[] }) {
  const preset = useSignal(0);
  const draft = useSignal(draftOf(presets[0].fault));
  const bind = (name: DraftMember) => ({
    value: draft.value[name],
    onInput: (value: string) => {
      draft.value = { ...draft.value, [name]: value };
    },
  });
  const choose = (name: DraftMember) => ({ value: draft.value[name], onChange: bind(name).onInput });
  const choosePreset = (value: string) => {
    preset.value = Number(value);
    draft.value = withEffect(draft.value, presets[preset.value]?.fault ?? {});
  };
  const add = () => call("POST", "/faults", faultOf(draft.value));
  return (
    <Section title="Add a fault" text="Start from a preset and change what you need.">
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void act("The fault is in force.", add);
        }}
      >
        <Select
          label="Preset"
          value={String(preset.value)}
          options={presets.map(({ title }, index) => ({ value: String(index), label: title }))}
          onChange={choosePreset}
        />
        <fieldset>
          <legend>Which requests</legend>
          <Select label="Service" {...choose("service")} options={serviceChoices} />
          <Select label="Method" {...choose("method")} options={methodChoices} />
          <Input
            label="Path"
            hint="{name} is one segment, * anything. Empty: all."
            {...bind("path")}
            suggestions={paths}
          />
          <Input label="Let pass first" type="number" min={0} {...bind("after")} />
          <Input label="Strike so many" hint="Empty: until removed." type="number" min={1} {...bind("times")} />
        </fieldset>
        <fieldset>
          <legend>What happens</legend>
          <Select label="When" {...choose("stage")} options={stageChoices} />
          <Select label="Connection" {...choose("connection")} options={connectionChoices} />
          <Input label="Delay in ms" type="number" min={0} {...bind("delayInMs")} />
          <Input label="Status" hint="400 to 599" type="number" min={400} max={599} {...bind("status")} />
          <Input label="Error code" {...bind("code")} />
          <Input label="Retry-After in seconds" type="number" min={0} {...bind("retryAfterInSeconds")} />
          <Input label="Body" hint="HTML in place of the service's own error." {...bind("body")} />
        </fieldset>
        <div class="actions">
          <button type="submit" class="primary">
            Add the fault
          </button>
        </div>
      </form>
    </Section>
  );
}
