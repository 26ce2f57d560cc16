import type { ComponentChildren } from "preact";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row> {
  /** For screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** What is said where there are no rows. */
  readonly empty: ComponentChildren;
}

const maximumRows = 200;

/** A table; on a narrow screen every row becomes a block that repeats the titles. */
export function Table<Row>({ caption, columns, rows, rowKey, empty }: TableProps<Row>) {
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  return (
    <>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, maximumRows).map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ title, cell }) => (
                <td key={title} data-title={title}>
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > maximumRows && (
        <p class="muted">
          The first {maximumRows} of {rows.length} are shown.
        </p>
      )}
    </>
  );
}
