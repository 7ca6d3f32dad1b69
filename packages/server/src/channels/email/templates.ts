/**
 * Wording of mails. Templates are settings, data is never template: values are filled into a text that is parsed
 * once, from an allow-listed context, without files, includes or loops over anything foreign.
 */
import { Liquid } from 'liquidjs';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { defaultSettings } from '#modules/settings/defaults.ts';
import { oneLine } from './address.ts';

/** All that a template can know. */
export type TemplateContext = {
  ticket: { number: string; subject: string; priority: string; progressUrl: string };
  customer: { name: string };
  centre: { company: string; companyEn: string; hotline: string };
  agent: { name: string };
  message: { body: string };
  survey: { url: string };
  vars: Record<string, string>;
};

const engine = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  strictVariables: false,
  parseLimit: 100_000,
  renderLimit: 200,
  memoryLimit: 5_000_000,
  jsTruthy: true,
  templates: {},
});
for (const tag of [
  'include',
  'render',
  'layout',
  'block',
  'for',
  'tablerow',
  'cycle',
  'increment',
  'decrement',
  'liquid',
])
  delete (engine.tags as Record<string, unknown>)[tag];

const none: TemplateContext = {
  ticket: { number: '', subject: '', priority: '', progressUrl: '' },
  customer: { name: '' },
  centre: { company: '', companyEn: '', hotline: '' },
  agent: { name: '' },
  message: { body: '' },
  survey: { url: '' },
  vars: {},
};

export type Wording = { subject: string; body: string };
type Template = SettingValue<'templates'>['items'][number];

const render = (text: string, context: TemplateContext): string =>
  engine.parseAndRenderSync(text, context) as string;

/** A subject is one line; `Re: Re:` and an empty `[]` (no ticket yet) are tidied away. */
const tidySubject = (subject: string): string =>
  oneLine(subject.replace(/\[\s*\]/g, '')).replace(/^((?:Re|回复|答复)\s*[::]\s*){2,}/i, 'Re: ') ||
  '（无主题）';

/**
 * Renders a template of the setting, or the shipped one when it is missing or broken: a customer's acknowledgement
 * does not wait for a typing error in the settings.
 */
export const wordingOf = (
  items: readonly Template[],
  key: string,
  locale: string,
  given: Partial<TemplateContext>,
): Wording | undefined => {
  const context: TemplateContext = { ...none, ...given };
  const shipped = defaultSettings.templates.items.find((item) => item.key === key);
  for (const template of [items.find((item) => item.key === key && item.channel === 'email'), shipped]) {
    if (!template) continue;
    try {
      const english = locale.startsWith('en');
      const subject = tidySubject(render(english ? template.enSubject : template.zhSubject, context));
      return { subject, body: render(english ? template.enBody : template.zhBody, context) };
    } catch {
      // The next one is tried.
    }
  }
  return undefined;
};
