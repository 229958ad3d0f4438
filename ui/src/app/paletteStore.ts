import { createSpotlight } from "@mantine/spotlight";

const [store, actions] = createSpotlight();

/** The command palette's state. */
export const palette = { store, open: actions.open };
