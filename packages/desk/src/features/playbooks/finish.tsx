import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenStep } from '#contracts/routes/playbooks.ts';
import { modKey } from '#ui/keys.ts';
import { useSaid, useWord } from '../../words.ts';
import { endingOf, unreached } from './rules.ts';
import type { StepWork } from './use-step.ts';

/** What finishes the step: one button, the choices, the outcomes of a call, or the decision. */
export function Finish(props: { open: OpenStep; work: StepWork; decides: boolean }) {
  const { t } = useTranslation();
  const said = useSaid();
  const word = useWord();
  const { open, work } = props;
  const { step, task } = open;
  const ending = endingOf(open);
  const busy = (name: string) => ({
    loading: work.busy === name,
    disabled: work.busy !== null && work.busy !== name,
  });
  const hint = `${t('playbooks.finish')}（${modKey()} Enter）`;
  const choices = (step.choices ?? []).map((choice, at) => (
    <Button
      key={choice.key}
      block
      size="large"
      type={at === 0 ? 'primary' : 'default'}
      {...busy(choice.key)}
      onClick={() => void work.finish(choice.key)}
    >
      {said(choice)}
    </Button>
  ));
  if (ending === 'approval') {
    if (!props.decides) return null;
    return (
      <div className="step-finish" data-side="true">
        <Button
          type="primary"
          size="large"
          {...busy('approved')}
          onClick={() => void work.decide('approved')}
        >
          {t('tasks.approve')}
        </Button>
        <Button danger size="large" {...busy('rejected')} onClick={() => void work.decide('rejected')}>
          {t('tasks.reject')}
        </Button>
      </div>
    );
  }
  if (ending === 'choice') return <div className="step-finish">{choices}</div>;
  if (ending === 'call') {
    return (
      <div className="step-finish">
        {choices.length > 0 ? (
          choices
        ) : (
          <Button
            block
            size="large"
            type="primary"
            title={hint}
            {...busy('reached')}
            onClick={() => void work.finish('reached')}
          >
            {word('callOutcome', 'reached')}
          </Button>
        )}
        <div className="step-outcomes" role="group" aria-label={t('playbooks.notReached')}>
          {unreached.map((one) => (
            <Button key={one} size="small" {...busy(one)} onClick={() => void work.unreached(one)}>
              {word('callOutcome', one)}
            </Button>
          ))}
        </div>
        {task.attempts > 0 ? (
          <p className="zk-quiet">
            {t('playbooks.attempts', { count: task.attempts, most: step.attempts ?? 3 })}
          </p>
        ) : null}
      </div>
    );
  }
  return (
    <div className="step-finish">
      <Button
        block
        size="large"
        type="primary"
        title={hint}
        {...busy('done')}
        onClick={() => void work.finish()}
      >
        {t('playbooks.finishStep', { step: said(step.name) })}
      </Button>
    </div>
  );
}

/** A supervisor lets a contact through that the cap or the customer forbids, with a reason. */
export function Lift(props: { work: StepWork }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { work } = props;
  if (work.lift === null) return null;
  return (
    <div className="desk-inline">
      <Input
        value={reason}
        maxLength={500}
        aria-label={t('playbooks.allowWhy')}
        placeholder={t('playbooks.allowWhy')}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        disabled={reason.trim() === ''}
        onClick={() =>
          void work.finish(work.lift === 'done' ? undefined : (work.lift ?? undefined), reason.trim())
        }
      >
        {t('playbooks.allow')}
      </Button>
    </div>
  );
}
