import { Alert, Button, ConfigProvider } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { useNavigate } from '@tanstack/react-router';
import { SaveForm, type SaveFormProps } from '#ui/form.tsx';
import { useWidth } from '#ui/media.ts';
import { ErrorState, Skeleton, type Problem } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { useTitlePart } from '../../page-title.ts';
import './screen.css';

/** Head, hint, read-only notice and body: what every page of settings looks like. */
export function Page(props: {
  section: string;
  /** False = this person may look but not change. */
  writable?: boolean;
  extra?: ReactNode;
  /** The body scrolls by itself, e.g. a DataTable. */
  fill?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const narrow = useWidth() === 'narrow';
  useTitlePart('page', t(`settings.${props.section}`));
  const note = props.writable === false ? <p className="set-readonly">{t('settings.readOnly')}</p> : null;
  return (
    <>
      <PaneHead
        title={t(`settings.${props.section}`)}
        onBack={narrow ? () => void navigate({ to: '/settings' }) : undefined}
      >
        {props.extra}
      </PaneHead>
      {props.fill ? (
        <>
          {note}
          <div className="desk-page-body">{props.children}</div>
        </>
      ) : (
        <PaneBody>
          {note}
          {props.children}
        </PaneBody>
      )}
    </>
  );
}

type Reading = { data: unknown; error: unknown; refetch: () => unknown };

/** Skeleton, error or content of a read. */
export function Loaded(props: { read: Reading; children: () => ReactNode }) {
  const { read } = props;
  if (read.data !== undefined) return <>{props.children()}</>;
  if (read.error) return <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />;
  return <Skeleton rows={8} columns={3} />;
}

/** Server pointers name the body (`/value/reminders`); the fields of a form do not know that first step. */
const problemIn =
  (prefix: string) =>
  (error: unknown): Problem => {
    const problem = problemOf(error);
    if (!prefix) return problem;
    return {
      ...problem,
      errors: problem.errors?.map((one) => ({
        ...one,
        pointer: one.pointer.startsWith(prefix) ? one.pointer.slice(prefix.length) : one.pointer,
      })),
    };
  };

/**
 * A form on something that has versions. When somebody else was faster it says so, keeps what was typed, and offers
 * the newest version by `onReload`.
 */
export function VersionedForm<Values extends object>(
  props: Omit<SaveFormProps<Values>, 'problemOf' | 'submit'> & {
    submit?: string;
    readOnly?: boolean;
    onReload?: () => void;
    pointerPrefix?: string;
  },
) {
  const { t } = useTranslation();
  const [stale, setStale] = useState(false);
  const { readOnly, onReload, pointerPrefix, onSave, ...form } = props;
  const save = async (values: Values) => {
    setStale(false);
    try {
      await onSave(values);
    } catch (error) {
      if (problemOf(error).code === 'STALE_VERSION') setStale(true);
      throw error;
    }
  };
  return (
    <ConfigProvider componentDisabled={readOnly === true}>
      <SaveForm<Values>
        {...form}
        submit={props.submit ?? t('settings.save')}
        onSave={save}
        problemOf={problemIn(pointerPrefix ?? '')}
      >
        {props.children}
        {stale && onReload ? (
          <Alert
            type="warning"
            showIcon
            className="set-stale"
            title={t('settings.stale')}
            description={t('settings.stale.hint')}
            action={
              <Button size="small" onClick={onReload}>
                {t('settings.stale.reload')}
              </Button>
            }
          />
        ) : null}
      </SaveForm>
    </ConfigProvider>
  );
}
