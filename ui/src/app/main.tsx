import "./styles";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { loadLanguage } from "../text";
import { App } from "./App";

await loadLanguage();

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
