import { render } from "preact";
import { App } from "./app.js";
import { keepFresh, refresh, refreshSoon } from "./data/emulator-data.js";
import { followLog } from "./data/log.js";
import { finishSignIn } from "./sign-in/finish.js";

render(<App />, document.body);
await refresh();
followLog(refreshSoon);
keepFresh();
await finishSignIn();
