/** Every module and channel of the centre, lower levels first. Adding a capability adds a folder and a line here. */
import type { Part } from '#kernel/centre.ts';
import { identity } from '#modules/identity/index.ts';
import { settings } from '#modules/settings/index.ts';

export const parts: readonly Part[] = [identity, settings];
