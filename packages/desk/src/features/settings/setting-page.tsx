import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingKey, SettingValue } from '#contracts/routes/settings.ts';
import { useToast } from '#ui/toast.tsx';
import { Loaded, Page, VersionedForm } from './page.tsx';
import { useSetting, type Versioned } from './use-setting.ts';

/** A page that edits one setting: read, change, save against the version read. */
export function SettingPage<K extends SettingKey>(props: {
  setting: K;
  /** What the whole of it means, above the fields. */
  intro?: string;
  children: (value: SettingValue<K>) => ReactNode;
  wide?: boolean;
  /** What stands below the form and is not part of the setting. */
  below?: ReactNode;
}) {
  const setting = useSetting(props.setting);
  const [epoch, setEpoch] = useState(0);
  const reload = () => void setting.reload().then(() => setEpoch(epoch + 1));
  return (
    <Page section={props.setting} writable={setting.writable}>
      <Loaded read={setting.read}>
        {() =>
          setting.current ? (
            <div className="set-body" data-wide={props.wide}>
              {props.intro ? <p className="set-intro">{props.intro}</p> : null}
              <One
                key={epoch}
                seen={setting.current}
                readOnly={!setting.writable}
                save={setting.save}
                reload={reload}
              >
                {props.children}
              </One>
            </div>
          ) : null
        }
      </Loaded>
      {props.below}
    </Page>
  );
}

function One<Value extends object>(props: {
  seen: Versioned<Value>;
  readOnly: boolean;
  save: (value: Value, version: number) => Promise<Versioned<Value>>;
  reload: () => void;
  children: (value: Value) => ReactNode;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  // The version that was read when typing began: a change by somebody else in between must not be overwritten.
  const [seen, setSeen] = useState(props.seen);
  const save = async (values: Value) => {
    const { value, version } = await props.save({ ...seen.value, ...values }, seen.version);
    setSeen({ value, version });
    toast.done(t('settings.saved'));
  };
  return (
    <VersionedForm<Value>
      initial={seen.value}
      readOnly={props.readOnly}
      onSave={save}
      onReload={props.reload}
      pointerPrefix="/value"
    >
      {props.children(seen.value)}
    </VersionedForm>
  );
}
