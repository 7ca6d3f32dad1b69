import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { patchUser, resetPassword, type UserView } from '#contracts/routes/identity.ts';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';

/** Reset and disable: both end the person's sessions at once, so both ask first. */
export function UserDanger(props: {
  user: UserView;
  onDone: () => void;
  onSecret: (secret: { name: string; value: string }) => void;
  onFresh: () => void;
}) {
  const { t } = useTranslation();
  const toast = useToast();
  const [modal, context] = Modal.useModal();
  const { user } = props;
  const active = user.status === 'active';
  const ask = async (title: string, content: string, act: () => Promise<void>) => {
    if (!(await modal.confirm({ title, content }))) return;
    try {
      await act();
      props.onFresh();
      props.onDone();
    } catch (error) {
      toast.failed(problemOf(error));
    }
  };
  const reset = async () => {
    const answer = await call(resetPassword, { params: { id: user.id }, body: {} });
    props.onSecret({ name: user.name, value: answer.oneTimePassword });
  };
  const turn = async () => {
    await call(patchUser, {
      params: { id: user.id },
      body: { status: active ? 'disabled' : 'active' },
      ifMatch: user.version,
    });
  };
  return (
    <div className="set-danger">
      {context}
      <Button
        onClick={() =>
          void ask(t('settings.users.reset', { name: user.name }), t('settings.users.resetHint'), reset)
        }
      >
        {t('settings.users.resetDo')}
      </Button>
      <Button
        danger={active}
        onClick={() =>
          void ask(
            t(active ? 'settings.users.disable' : 'settings.users.enable', { name: user.name }),
            t(active ? 'settings.users.disableHint' : 'settings.users.enableHint'),
            turn,
          )
        }
      >
        {t(active ? 'settings.users.disableDo' : 'settings.users.enableDo')}
      </Button>
    </div>
  );
}
