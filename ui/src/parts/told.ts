import { notifications } from "@mantine/notifications";

/** Says in passing that something was done; it goes away by itself. */
export const told = (message: string) => notifications.show({ message, withCloseButton: false });
