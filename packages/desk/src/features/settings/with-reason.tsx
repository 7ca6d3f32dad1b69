import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '#ui/form.tsx';
import type { Problem } from '#ui/states.tsx';
import { problemOf } from '../../api.ts';
import { queryClient } from '../../query.ts';

/** An act that is written to the audit with its reason. */
export function WithReason(props: {
  title: string;
  /** What the button says: the act itself. */
  verb: string;
  /** Tags of what it changes. */
  stale: readonly string[];
  act: (reason: string) => Promise<unknown>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await props.act(reason.trim());
      await Promise.all(props.stale.map((tag) => queryClient.invalidateQueries({ queryKey: [tag] })));
      props.onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={props.title}
      okText={props.verb}
      okButtonProps={{ disabled: reason.trim() === '', loading: busy }}
      onOk={() => void run()}
      onCancel={props.onClose}
    >
      <Input.TextArea
        rows={3}
        maxLength={300}
        aria-label={t('settings.reason')}
        placeholder={t('settings.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {problem ? <ProblemAlert problem={problem} /> : null}
    </Modal>
  );
}
