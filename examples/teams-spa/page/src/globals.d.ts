/** Put in by Vite; see `config/vite-options.ts`. */
declare const PAGE_CONFIGURATION: import("../../config/page-settings.js").PageConfiguration;
