import { Button, Switch } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { getMe, patchMe } from '#contracts/routes/identity.ts';
import { Keys } from '#ui/actions.tsx';
import { clashesOf, keysOf } from '#ui/bindings.ts';
import { Section } from '#ui/form.tsx';
import { strokeOf } from '#ui/keys.ts';
import { useToast } from '#ui/toast.tsx';
import { allActions, everywhere, type KnownAction } from '../../all-actions.ts';
import { call, problemOf } from '../../api.ts';
import { ownKey, reboundOf, usePreferences } from '../../preferences.ts';
import { keyOf, queryClient } from '../../query.ts';
import { comma } from '../../words.ts';
import { useSession } from '../identity/session.ts';

/** 快捷键: every action with its key, mine where I gave it another; one that takes another's key says whose. */
export function OwnKeys() {
  const { t } = useTranslation();
  const toast = useToast();
  const { me, can } = useSession();
  const { singleKeys, setSingleKeys } = usePreferences();
  const own = reboundOf(me.preferences);
  const mine = allActions.filter(({ permission }) => !permission || can(permission as 'ticket.read'));
  const groups = Map.groupBy(mine, ({ group }) => group ?? 'ui:palette.other');
  const changed = Object.keys(own).length > 0;
  const save = async (change: Record<string, string | null>) => {
    try {
      const preferences = Object.fromEntries(
        Object.entries(change).map(([name, binding]) => [ownKey(name), binding]),
      );
      queryClient.setQueryData(keyOf(getMe), await call(patchMe, { body: { preferences } }));
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  return (
    <Section
      title={t('settings.preferences.keys')}
      extra={
        changed ? (
          <Button
            size="small"
            onClick={() => void save(Object.fromEntries(Object.keys(own).map((name) => [name, null])))}
          >
            {t('settings.preferences.allDefault')}
          </Button>
        ) : null
      }
    >
      <div className="set-body">
        <div className="set-choice-row">
          <Switch id="single-keys" checked={singleKeys} onChange={setSingleKeys} />
          <label htmlFor="single-keys">{t('user.singleKeys')}</label>
        </div>
        <p className="set-intro">{t('settings.preferences.keysHint')}</p>
        {[...groups].map(([group, actions]) => (
          <section key={group} className="set-keys" aria-label={t(group)}>
            <h4>{t(group)}</h4>
            <ul>
              {actions.map((action) => (
                <KeyRow
                  key={action.name}
                  action={action}
                  own={own}
                  onSave={(binding) => void save({ [action.name]: binding })}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Section>
  );
}

function KeyRow(props: {
  action: KnownAction;
  own: Readonly<Record<string, string>>;
  /** Null = as it was delivered. */
  onSave: (binding: string | null) => void;
}) {
  const { t } = useTranslation();
  const { action, own, onSave } = props;
  const [asking, setAsking] = useState(false);
  const keys = keysOf(action, own);
  const isOwn = action.name in own && !action.fixed;
  // What was delivered is meant so: only a key somebody chose can take another's.
  const taken = isOwn ? keys.flatMap((key) => clashesOf(action, key, allActions, own, everywhere)) : [];
  const label = t(action.label);
  return (
    <li>
      <span className="set-key-name">
        {label}
        {taken.length > 0 ? (
          <span className="set-fault" role="alert">
            {t('settings.preferences.clash', {
              names: allActions
                .filter(({ name }) => taken.includes(name))
                .map((one) => t(one.label))
                .join(comma()),
            })}
          </span>
        ) : null}
      </span>
      {asking ? (
        <Listen
          label={label}
          onDone={(binding) => {
            setAsking(false);
            if (binding !== null) onSave(binding);
          }}
        />
      ) : (
        <>
          <span className="set-key-caps">
            {keys.map((key) => (
              <Keys key={key} binding={key} />
            ))}
          </span>
          {action.fixed ? (
            <span className="zk-quiet">{t('settings.preferences.fixed')}</span>
          ) : (
            <span className="desk-apart">
              <Button
                size="small"
                type="text"
                aria-label={t('settings.preferences.changeOf', { name: label })}
                onClick={() => setAsking(true)}
              >
                {t('settings.preferences.change')}
              </Button>
              {isOwn ? (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('settings.preferences.defaultOf', { name: label })}
                  onClick={() => onSave(null)}
                >
                  {t('settings.preferences.default')}
                </Button>
              ) : null}
            </span>
          )}
        </>
      )}
    </li>
  );
}

/** How long one may take between the strokes of a chord, in ms. */
const chordMs = 900;

/** Listens for one binding: up to three strokes. Escape leaves it, Backspace takes the key away. */
function Listen(props: { label: string; onDone: (binding: string | null) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLButtonElement>(null);
  const [strokes, setStrokes] = useState<string[]>([]);
  const { onDone } = props;
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    if (strokes.length === 0) return;
    if (strokes.length === 3) return done.current(strokes.join(' '));
    const timer = setTimeout(() => done.current(strokes.join(' ')), chordMs);
    return () => clearTimeout(timer);
  }, [strokes]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return onDone(null);
    if (event.key === 'Backspace') return onDone('');
    const stroke = strokeOf(event.nativeEvent);
    if (stroke) setStrokes([...strokes, stroke]);
  };
  return (
    <button
      ref={box}
      type="button"
      className="zk-bare set-listen"
      aria-label={t('settings.preferences.listenOf', { name: props.label })}
      onKeyDown={onKeyDown}
      onBlur={() => strokes.length === 0 && onDone(null)}
    >
      {strokes.length > 0 ? <Keys binding={strokes.join(' ')} /> : t('settings.preferences.listen')}
    </button>
  );
}
