import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { NotConfigured } from "./components/not-configured.js";
import { PageFrame } from "./components/page-frame.js";
import { startSignIn } from "./sign-in/start-sign-in.js";
import "./styles.css";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no element for the app.");

createRoot(root).render(<StrictMode>{content()}</StrictMode>);

function content() {
  if ("problems" in PAGE_CONFIGURATION) return <NotConfigured problems={PAGE_CONFIGURATION.problems} />;
  const { settings } = PAGE_CONFIGURATION;
  const starting = <p className="muted">Starting …</p>;
  return (
    <Suspense fallback={<PageFrame>{starting}</PageFrame>}>
      <App settings={settings} starting={startSignIn(settings)} />
    </Suspense>
  );
}
