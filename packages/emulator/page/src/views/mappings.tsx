import { CopyButton } from "../components/copy-button.js";
import { Section } from "../components/section.js";
import type { EmulatorData } from "../data/emulator-data.js";

export function Mappings({ info, state }: EmulatorData) {
  const applicationName = (clientId: string) =>
    Object.values(info.fixtures.applications).find((application) => application.clientId === clientId)?.displayName ??
    clientId;
  const { users } = state.graph;
  if (users.length === 0) {
    return (
      <p class="empty">
        No user has an open extension. A server that keeps its mappings elsewhere, for example in Cosmos DB, leaves
        nothing here.
      </p>
    );
  }
  return (
    <>
      {users.map(({ user, objectId, extensions }) => (
        <Section key={objectId} title={info.fixtures.users[user]?.displayName ?? user} text={<code>{objectId}</code>}>
          {extensions.map(({ id, createdBy, properties }) => (
            <div key={id} class="block">
              <div class="block-head">
                <div>
                  <strong>{id}</strong> <span class="muted">created by {applicationName(createdBy)}</span>
                </div>
                <CopyButton what={`the extension ${id}`} text={JSON.stringify(properties)} />
              </div>
              <pre>{JSON.stringify(properties, undefined, 2)}</pre>
            </div>
          ))}
        </Section>
      ))}
    </>
  );
}
