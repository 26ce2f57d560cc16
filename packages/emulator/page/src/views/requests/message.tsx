import type { LoggedMessage } from "../../../../src/server/request-log.js";

interface MessageProps {
  readonly title: string;
  readonly message: LoggedMessage;
  /** Said in place of a body. */
  readonly absent: string;
}

/** The headers and the body of a request or a response. */
export function Message({ title, message: { headers, body, bodyIsCut }, absent }: MessageProps) {
  return (
    <section>
      <h2>{title}</h2>
      <dl class="headers">
        {headers.map(([name, value], index) => (
          <div key={`${index} ${name}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {body === undefined ? <p class="muted">{absent}</p> : <pre>{indented(body)}</pre>}
      {bodyIsCut && <p class="muted">The body goes on.</p>}
    </section>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
