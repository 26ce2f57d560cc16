import type { EmulatorData } from "../../data/emulator-data.js";

export function Counts({ info, state }: EmulatorData) {
  const { identities, teamsUsers } = state.communication;
  const tokens = [...identities, ...teamsUsers].flatMap((owner) => owner.tokens);
  const extensions = state.graph.users.flatMap((user) => user.extensions);
  const counts = [
    { view: "users", label: "Users", count: Object.keys(info.fixtures.users).length },
    {
      view: "identities",
      label: "Identities",
      count: identities.filter(({ deletedOn }) => deletedOn === undefined).length,
    },
    { view: "tokens", label: "Active tokens", count: tokens.filter(({ status }) => status === "active").length },
    { view: "mappings", label: "Mappings", count: extensions.length },
  ];
  return (
    <ul class="counts" aria-label="What there is">
      {counts.map(({ view, label, count }) => (
        <li key={view}>
          <a href={`#/${view}`}>
            <strong>{count}</strong> {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
