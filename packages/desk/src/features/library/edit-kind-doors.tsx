import { Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { portalTypes } from '#contracts/pack.ts';
import type { RecordKind } from '#contracts/pack.ts';
import { SetEditor } from './edit-among.tsx';
import { BothWords, Part } from './edit-parts.tsx';
import { FieldPick, fieldsOf, FieldsPick, filled, PatternBox } from './edit-pick.tsx';
import type { KindProps } from './edit-pick.tsx';
import { valuesOf } from './saying.ts';
import { proofs } from './saying-kinds.ts';
import { through } from './saying-work.ts';
import { useNames, useSeen } from './use-names.ts';

type Lookup = NonNullable<RecordKind['lookup']>;
type Portal = NonNullable<RecordKind['portal']>;
type Plain = string | number | boolean;

/** Customers look a record up by its number, on a public page. */
export function LookupPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { lookup } = kind;
  const shown = kind.fields.filter(({ type }) => type !== 'pin').map(({ type }) => type);
  const pin = fieldsOf(kind, ['pin'])[0];
  const put = (patch: Partial<Lookup>) => set({ lookup: filled({ ...lookup!, ...patch }) });
  return (
    <>
      <Switch
        aria-label={t('library.part.lookup')}
        checked={lookup !== undefined}
        onChange={(on) =>
          set({ lookup: on ? { proof: 'phoneTail', show: [kind.fields[0]!.key] } : undefined })
        }
      />
      {lookup ? (
        <>
          <span className="pb-row pb-wrap">
            <Select
              aria-label={t('library.proof')}
              prefix={t('library.proof')}
              value={lookup.proof}
              onChange={(proof) =>
                put({
                  proof,
                  phone: proof === 'phoneTail' ? lookup.phone : undefined,
                  pin: proof === 'pin' ? (lookup.pin ?? pin?.key) : undefined,
                })
              }
              options={(['phoneTail', 'pin', 'none'] as const)
                .filter((one) => one !== 'pin' || pin || lookup.proof === 'pin')
                .map((value) => ({ value, label: proofs[value][language] }))}
            />
            {lookup.proof === 'phoneTail' ? (
              <FieldPick
                kind={kind}
                label={t('library.phoneField')}
                types={['phone', 'text']}
                empty={t('library.anyPhone')}
                value={lookup.phone}
                onChange={(phone) => put({ phone })}
              />
            ) : null}
            {lookup.proof === 'pin' ? (
              <FieldPick
                kind={kind}
                label={t('library.pinField')}
                types={['pin']}
                value={lookup.pin}
                onChange={(key) => put({ pin: key })}
              />
            ) : null}
          </span>
          <Part label={t('library.shows')}>
            <FieldsPick
              kind={kind}
              label={t('library.shows')}
              types={shown}
              value={lookup.show}
              onChange={(show) => show.length > 0 && put({ show })}
            />
          </Part>
          <PatternBox
            label={t('library.numberPattern')}
            value={lookup.pattern}
            onChange={(pattern) => put({ pattern })}
          />
        </>
      ) : null}
    </>
  );
}

const newPortal = (kind: RecordKind): Portal => ({
  called: { ...kind.name },
  fields: fieldsOf(kind, portalTypes).map(({ key }) => key),
  promise: { zh: '我们会尽快处理，并与您联系。', en: 'We take care of it and come back to you.' },
});

/** What customers may hand in themselves on the portal. */
export function PortalPart({ pack, kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language } = useNames();
  const own = through(useSeen(pack), kind.key);
  const { portal } = kind;
  const put = (patch: Partial<Portal>) => set({ portal: filled({ ...portal!, ...patch }) });
  const asked = new Set(portal?.fields);
  const choices = kind.fields.filter(({ key, options }) => options && asked.has(key));
  return (
    <>
      <Switch
        aria-label={t('library.part.portal')}
        checked={portal !== undefined}
        disabled={!portal && fieldsOf(kind, portalTypes).length === 0}
        onChange={(on) => set({ portal: on ? newPortal(kind) : undefined })}
      />
      {portal ? (
        <>
          <Part label={t('library.called')}>
            <BothWords
              label={t('library.called')}
              value={portal.called}
              onChange={(called) => put({ called })}
            />
          </Part>
          <Part label={t('library.asksCustomers')}>
            <FieldsPick
              kind={kind}
              label={t('library.asksCustomers')}
              types={portalTypes}
              value={portal.fields}
              onChange={(fields) => {
                if (fields.length === 0) return;
                const only = Object.entries(portal.only ?? {}).filter(([key]) => fields.includes(key));
                put({ fields, only: only.length > 0 ? Object.fromEntries(only) : undefined });
              }}
            />
          </Part>
          {choices.map((field) => (
            <Part key={field.key} label={t('library.onlyOptions', { field: field[language] })}>
              <Select
                mode="multiple"
                className="pb-who"
                aria-label={t('library.onlyOptions', { field: field[language] })}
                placeholder={t('library.allOptions')}
                value={portal.only?.[field.key] ?? []}
                onChange={(options) => {
                  const { [field.key]: _, ...rest } = portal.only ?? {};
                  const next = options.length > 0 ? { ...rest, [field.key]: options } : rest;
                  put({ only: Object.keys(next).length > 0 ? next : undefined });
                }}
                options={field.options!.map((one) => ({ value: one.key, label: one[language] }))}
              />
            </Part>
          ))}
          <Part label={t('library.centreFills')}>
            <SetEditor
              pack={pack}
              plain
              fields={kind.fields
                .filter(({ key }) => !asked.has(key))
                .map((field) => ({ value: field.key, label: field[language] }))}
              valuesOf={(field) => valuesOf(own, `record.${field}`)}
              typeOf={(field) => kind.fields.find(({ key }) => key === field)?.type}
              facts={[]}
              value={portal.set}
              onChange={(next) => put({ set: next as Record<string, Plain> | undefined })}
            />
          </Part>
          <span className="pb-row pb-wrap">
            <FieldPick
              kind={kind}
              label={t('library.nameInto')}
              types={['text']}
              empty={t('library.beside')}
              value={portal.name}
              onChange={(name) => put({ name })}
            />
            <FieldPick
              kind={kind}
              label={t('library.phoneInto')}
              types={['phone', 'text']}
              empty={t('library.beside')}
              value={portal.phone}
              onChange={(phone) => put({ phone })}
            />
          </span>
          <Part label={t('library.promiseWords')}>
            <BothWords
              label={t('library.promiseWords')}
              value={portal.promise}
              onChange={(promise) => put({ promise })}
            />
          </Part>
        </>
      ) : null}
    </>
  );
}

/** The address in a field is told as one of ours, and when it was opened is kept. */
export function OpensPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const { opens } = kind;
  const links = fieldsOf(kind, ['text', 'long']);
  const [link, at, times] = [links, fieldsOf(kind, ['instant']), fieldsOf(kind, ['number'])].map(
    ([first]) => first?.key,
  );
  const possible = link && at && times;
  return (
    <>
      <Switch
        aria-label={t('library.part.opens')}
        checked={opens !== undefined}
        disabled={!opens && !possible}
        onChange={(on) => set({ opens: on && possible ? { link, at, times } : undefined })}
      />
      {opens || possible ? null : <span className="zk-quiet">{t('library.opensNeeds')}</span>}
      {opens ? (
        <span className="pb-row pb-wrap">
          <FieldPick
            kind={kind}
            label={t('library.linkField')}
            types={['text', 'long']}
            value={opens.link}
            onChange={(key) => key && set({ opens: { ...opens, link: key } })}
          />
          <FieldPick
            kind={kind}
            label={t('library.openedAt')}
            types={['instant']}
            value={opens.at}
            onChange={(key) => key && set({ opens: { ...opens, at: key } })}
          />
          <FieldPick
            kind={kind}
            label={t('library.openedTimes')}
            types={['number']}
            value={opens.times}
            onChange={(key) => key && set({ opens: { ...opens, times: key } })}
          />
        </span>
      ) : null}
    </>
  );
}

/** Addresses that the centre calls by itself once such a record is made, one for each option of the field of the dead ones. */
export function CallsPart({ kind, set }: KindProps) {
  const { t } = useTranslation();
  const { language } = useNames();
  const { calls } = kind;
  const [dead, note, at] = (['choices', 'long', 'instant'] as const).map((type) => fieldsOf(kind, [type])[0]);
  const possible = dead && note && at;
  const options = kind.fields.find(({ key }) => key === calls?.dead)?.options ?? [];
  const stray = Object.keys(calls?.addresses ?? {}).filter((key) => !options.some((one) => one.key === key));
  const rows = [
    ...options.map((one) => ({ key: one.key, label: one[language] })),
    ...stray.map((key) => ({ key, label: key })),
  ];
  const put = (key: string, address: string) => {
    const { [key]: _, ...rest } = calls!.addresses;
    set({ calls: { ...calls!, addresses: address ? { ...rest, [key]: address } : rest } });
  };
  return (
    <>
      <Switch
        aria-label={t('library.part.calls')}
        checked={calls !== undefined}
        disabled={!calls && !possible}
        onChange={(on) =>
          set({
            calls:
              on && possible
                ? {
                    addresses: Object.fromEntries((dead.options ?? []).map((one) => [one.key, 'https://'])),
                    dead: dead.key,
                    note: note.key,
                    at: at.key,
                  }
                : undefined,
          })
        }
      />
      {calls || possible ? null : <span className="zk-quiet">{t('library.callsNeeds')}</span>}
      {calls ? (
        <>
          <span className="pb-row pb-wrap">
            <FieldPick
              kind={kind}
              label={t('library.deadField')}
              types={['choices']}
              value={calls.dead}
              onChange={(key) => key && set({ calls: { ...calls, dead: key } })}
            />
            <FieldPick
              kind={kind}
              label={t('library.noteField')}
              types={['long']}
              value={calls.note}
              onChange={(key) => key && set({ calls: { ...calls, note: key } })}
            />
            <FieldPick
              kind={kind}
              label={t('library.checkedAt')}
              types={['instant']}
              value={calls.at}
              onChange={(key) => key && set({ calls: { ...calls, at: key } })}
            />
          </span>
          {rows.map(({ key, label }) => (
            <Part key={key} label={label}>
              <Input
                aria-label={`${t('library.address')} ${label}`}
                maxLength={2000}
                value={calls.addresses[key] ?? ''}
                onChange={(event) => put(key, event.target.value.trim())}
              />
            </Part>
          ))}
          <span className="zk-quiet">{t('library.addressHint')}</span>
        </>
      ) : null}
    </>
  );
}
