import type { MappingPage } from "@acs-auth/core";
import type { Copying } from "./copy-mapping.js";
import type { MigrateMappingsOptions } from "./options.js";

/** The pages of the source. A listing that fails for a reason that may pass goes on after the last page. */
export async function* pagesOf(
  { source, continuationToken, maxPageSize }: MigrateMappingsOptions,
  { options, retry }: Copying,
): AsyncGenerator<MappingPage> {
  const pageSize = maxPageSize === undefined ? {} : { maxPageSize };
  for (let token = continuationToken; ; ) {
    const position = token === undefined ? {} : { continuationToken: token };
    const page = await retry(() => firstPage(source.listMappings({ ...options, ...pageSize, ...position })));
    if (!page) return;
    yield page;
    token = page.continuationToken;
    if (token === undefined) return;
  }
}

async function firstPage(pages: AsyncIterable<MappingPage>): Promise<MappingPage | undefined> {
  for await (const page of pages) return page;
  return undefined;
}
