import { Button, type ButtonProps } from 'antd';
import {
  createContext,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useTranslation } from 'react-i18next';
import { keysOf, type Rebound } from './bindings.ts';
import { keyCaps, matchKeys, strokeOf, worksWhileTyping } from './keys.ts';
import './actions.css';

/**
 * One thing a person can do, written once. Button, menu, command palette, keyboard and shortcut sheet are drawn
 * from it, so they can never disagree about name, right or key.
 */
export type Action<Ctx> = {
  /** Code name, `feature.verb`. */
  name: string;
  /** Catalogue key of its label. */
  label: string;
  /** Catalogue key of its heading in palette and shortcut sheet. */
  group?: string;
  permission?: string;
  /** Bindings of keys.ts; the first is the one shown. */
  keys?: string[];
  /** The component that has the focus listens to its keys itself: they stand in the sheet and cannot be changed. */
  fixed?: boolean;
  /** Pinyin initials of the Chinese label, for the palette. */
  initials?: string;
  /** Makes sense by its key only: not in the palette. */
  keyOnly?: boolean;
  icon?: ReactNode;
  danger?: boolean;
  /** Not offered at all when false: nothing greyed out without a reason. */
  when?: (ctx: Ctx) => boolean;
  /** Catalogue key of why it cannot be done now though it exists: shown greyed out with this reason. */
  refuse?: (ctx: Ctx) => string | null;
  perform: (ctx: Ctx) => void | Promise<void>;
};

/** An action together with what it acts on. */
export type Offer = Omit<Action<never>, 'when' | 'refuse' | 'perform'> & {
  available: () => boolean;
  /** Catalogue key of why not now, or null. */
  refusal: () => string | null;
  run: () => void;
};

type Can = (permission: string) => boolean;
/** What decides about an action from outside it: the rights of the person, and their own keys. */
type Rules = { can: Can; own: Rebound };
type Registry = {
  rules: () => Rules;
  setRules: (rules: Rules) => void;
  add: (id: symbol, offers: () => Offer[]) => () => void;
  subscribe: (listen: () => void) => () => void;
  version: () => number;
  /** What can be done now. */
  offers: () => Offer[];
  /** All that this screen knows and the person may do, now or at another time. */
  known: () => Offer[];
};

const Context = createContext<Registry | null>(null);

/** How long a started chord (`g …`) or a repeated key (`. .`) may take, in ms. */
const chordMs = 900;
const repeatMs = 350;

/** Keeps the actions of all mounted screens and listens to the keyboard. `singleKeys` off leaves only combinations. */
export function Actions(props: { can: Can; singleKeys?: boolean; own?: Rebound; children: ReactNode }) {
  const { can, singleKeys = true, own = noneOwn } = props;
  const [registry] = useState(() => createRegistry({ can, own }));
  useEffect(() => registry.setRules({ can, own }), [registry, can, own]);
  useKeyboard(registry, singleKeys);
  return <Context value={registry}>{props.children}</Context>;
}

const noneOwn: Rebound = {};

function createRegistry(first: Rules): Registry {
  let rules = first;
  const scopes = new Map<symbol, () => Offer[]>();
  const listeners = new Set<() => void>();
  let version = 0;
  const changed = () => {
    version += 1;
    for (const listen of listeners) listen();
  };
  return {
    rules: () => rules,
    setRules: (next) => {
      if (next.can === rules.can && next.own === rules.own) return;
      rules = next;
      changed();
    },
    add: (id, offers) => {
      scopes.set(id, offers);
      changed();
      return () => {
        scopes.delete(id);
        changed();
      };
    },
    subscribe: (listen) => {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    version: () => version,
    offers: () =>
      [...scopes.values()].flatMap((of) => of()).filter((offer) => offer.available() && !offer.refusal()),
    known: () =>
      [...scopes.values()]
        .flatMap((of) => of())
        .filter(({ permission }) => !permission || rules.can(permission)),
  };
}

function useRegistry(): Registry {
  const registry = useContext(Context);
  if (!registry) throw new Error('Actions is missing above this component');
  return registry;
}

export function offerOf<Ctx>(action: Action<Ctx>, ctx: Ctx, { can, own }: Rules): Offer {
  const { when, refuse, perform, ...rest } = action;
  return {
    ...rest,
    keys: keysOf(action, own),
    available: () => (!action.permission || can(action.permission)) && (when?.(ctx) ?? true),
    refusal: () => refuse?.(ctx) ?? null,
    run: () => void perform(ctx),
  };
}

/** Offers `actions` on `ctx` to keyboard, palette and sheet while the calling component is mounted. */
export function useActions<Ctx>(actions: Array<Action<Ctx>>, ctx: Ctx): void {
  const registry = useRegistry();
  const latest = useRef({ actions, ctx });
  useEffect(() => {
    latest.current = { actions, ctx };
  });
  useEffect(
    () =>
      registry.add(Symbol('actions'), () =>
        latest.current.actions.map((action) => offerOf(action, latest.current.ctx, registry.rules())),
      ),
    [registry],
  );
}

/** Everything that can be done now; palette and sheet draw it. */
export function useOffers(): Offer[] {
  const registry = useRegistry();
  useSyncExternalStore(registry.subscribe, registry.version);
  return registry.offers();
}

/** Everything this screen can ever do, for the shortcut sheet. */
export function useKnown(): Offer[] {
  const registry = useRegistry();
  useSyncExternalStore(registry.subscribe, registry.version);
  return registry.known();
}

/** The offers of some actions on one object, for its buttons and menus; refused ones come with their reason. */
export function useOffersOf<Ctx>(actions: Array<Action<Ctx>>, ctx: Ctx): Offer[] {
  const registry = useRegistry();
  useSyncExternalStore(registry.subscribe, registry.version);
  return actions.map((action) => offerOf(action, ctx, registry.rules())).filter((offer) => offer.available());
}

export function ActionButton(
  props: { offer: Offer; iconOnly?: boolean } & Pick<ButtonProps, 'type' | 'size' | 'block'>,
) {
  const { t } = useTranslation();
  const { offer, iconOnly, ...look } = props;
  const label = t(offer.label);
  const keys = offer.keys?.[0];
  const refusal = offer.refusal();
  if (refusal) {
    // A disabled button has no tooltip of its own, so the reason hangs on what is around it.
    return (
      <span title={t(refusal)}>
        <Button {...look} disabled icon={offer.icon} aria-label={`${label}（${t(refusal)}）`}>
          {iconOnly ? null : label}
        </Button>
      </span>
    );
  }
  return (
    <Button
      {...look}
      danger={offer.danger}
      icon={offer.icon}
      aria-label={label}
      title={keys ? `${label}（${keyCaps(keys).join(' ')}）` : label}
      onClick={offer.run}
    >
      {iconOnly ? null : label}
    </Button>
  );
}

/** Items for antd's Menu and Dropdown. */
export function useMenuItems(offers: Offer[]) {
  const { t } = useTranslation();
  return offers.map((offer) => ({
    key: offer.name,
    icon: offer.icon,
    danger: offer.danger,
    disabled: offer.refusal() !== null,
    label: offer.refusal() ? (
      <span className="zk-refused">
        {t(offer.label)}
        <span>{t(offer.refusal() ?? '')}</span>
      </span>
    ) : (
      t(offer.label)
    ),
    extra: offer.keys?.[0] && !offer.refusal() ? <Keys binding={offer.keys[0]} /> : undefined,
    onClick: offer.run,
  }));
}

export function Keys(props: { binding: string }) {
  return (
    <span className="zk-keys">
      {keyCaps(props.binding).map((cap, at) => (
        <kbd key={at}>{cap}</kbd>
      ))}
    </span>
  );
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
/** Enter and Space on such a thing are its own. */
const presses = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('button, a, summary, [role=grid], [role=option], [role=menuitem], [role=tab]') !== null;
const inDialog = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[aria-modal="true"]') !== null;

function useKeyboard(registry: Registry, singleKeys: boolean): void {
  useEffect(() => {
    let typed: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (ms: number, what: () => void) => {
      timer = setTimeout(() => {
        typed = [];
        what();
      }, ms);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const stroke = strokeOf(event);
      if (!stroke || event.defaultPrevented) return;
      const free = worksWhileTyping(stroke);
      if (!free && (!singleKeys || isTyping(event.target) || inDialog(event.target))) return;
      if ((stroke === 'Enter' || stroke === ' ') && presses(event.target)) return;
      clearTimeout(timer);
      const bound = registry
        .offers()
        .filter(({ fixed }) => !fixed)
        .flatMap((offer) => (offer.keys ?? []).map((binding) => ({ binding, offer })));
      const bindings = bound.map(({ binding }) => binding);
      typed = [...typed, stroke];
      let match = matchKeys(bindings, typed);
      if (match.exact < 0 && !match.longer && typed.length > 1) {
        typed = [stroke];
        match = matchKeys(bindings, typed);
      }
      const offer = bound[match.exact]?.offer;
      if (offer || match.longer) event.preventDefault();
      if (match.longer) return later(offer ? repeatMs : chordMs, () => offer?.run());
      typed = [];
      offer?.run();
    };
    globalThis.addEventListener('keydown', onKeyDown);
    return () => {
      clearTimeout(timer);
      globalThis.removeEventListener('keydown', onKeyDown);
    };
  }, [registry, singleKeys]);
}
