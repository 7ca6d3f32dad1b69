/** @jsxImportSource preact */
/** Where a guest leaves how to reach them. */
import { useState } from 'preact/hooks';
import { Refused } from './api.ts';
import type { teller } from './texts.ts';

export const Contact = ({
  words,
  leave,
  t,
}: {
  words: string;
  t: ReturnType<typeof teller>;
  leave: (contact: { name?: string; phone?: string; email?: string }) => Promise<void>;
}) => {
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [email, setEmail] = useState('');
  const [fault, setFault] = useState('');
  const submit = async (event: Event) => {
    event.preventDefault();
    try {
      await leave({ name: name || undefined, phone: phone || undefined, email: email || undefined });
    } catch (error) {
      setFault(error instanceof Refused ? error.problem.detail : t('offline'));
    }
  };
  return (
    <form class="contact" onSubmit={submit}>
      <p>{words}</p>
      <input
        aria-label={t('name')}
        placeholder={t('name')}
        value={name}
        maxLength={60}
        autocomplete="name"
        onInput={(e) => setName(e.currentTarget.value)}
      />
      <input
        aria-label={t('phone')}
        placeholder={t('phone')}
        value={phone}
        maxLength={40}
        inputMode="tel"
        autocomplete="tel"
        required={!email}
        onInput={(e) => setPhone(e.currentTarget.value)}
      />
      <input
        aria-label={t('email')}
        placeholder={t('email')}
        value={email}
        maxLength={254}
        type="email"
        autocomplete="email"
        onInput={(e) => setEmail(e.currentTarget.value)}
      />
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <button type="submit">{t('submit')}</button>
    </form>
  );
};
