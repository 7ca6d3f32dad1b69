import { App, Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestId, type Problem } from './states.tsx';
import './toast.css';

export type Toast = {
  done: (text: string, undo?: () => void) => void;
  /** Something to look at now, with the way there. */
  news: (text: string, label: string, go: () => void) => void;
  /** Stays until closed: an error that vanishes has not been told. */
  failed: (problem: Problem) => void;
};

/** Short news at the top; must stand inside antd's App. */
export function useToast(): Toast {
  const { t } = useTranslation('ui');
  const { message, notification } = App.useApp();
  return useMemo(
    () => ({
      done: (text, undo) => {
        const key = `${text}-${performance.now()}`;
        const takeBack = () => {
          message.destroy(key);
          undo?.();
        };
        void message.success({
          key,
          duration: undo ? 6 : 2.5,
          content: undo ? (
            <>
              {text}
              <Button type="link" size="small" onClick={takeBack}>
                {t('undo')}
              </Button>
            </>
          ) : (
            text
          ),
        });
      },
      news: (text, label, go) => {
        const key = `${text}-${performance.now()}`;
        const look = () => {
          message.destroy(key);
          go();
        };
        void message.info({
          key,
          duration: 8,
          content: (
            <>
              {text}
              <Button type="link" size="small" onClick={look}>
                {label}
              </Button>
            </>
          ),
        });
      },
      failed: (problem) =>
        notification.error({
          // The same refusal twice is one piece of news.
          key: `${problem.code} ${problem.title}`,
          title: problem.title,
          description: (
            <>
              {problem.detail}
              <RequestId problem={problem} />
            </>
          ),
          duration: 0,
          // Below the head of the screen: corners and foot are where buttons stand.
          placement: 'top',
          className: 'zk-toast-failed',
        }),
    }),
    [message, notification, t],
  );
}
