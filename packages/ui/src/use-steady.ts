import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { settle, type Place } from './steady.ts';

/** Is the pointer or the focus inside? A finger does not rest on a list, so touch does not hold it. */
export function useHeld(box: RefObject<HTMLElement | null>): boolean {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const enter = (event: PointerEvent) => event.pointerType === 'mouse' && setPointer(true);
    const leave = () => setPointer(false);
    const focusIn = () => setFocus(true);
    const focusOut = (event: FocusEvent) =>
      setFocus(event.relatedTarget instanceof Node && element.contains(event.relatedTarget));
    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('focusin', focusIn);
    element.addEventListener('focusout', focusOut);
    return () => {
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('focusin', focusIn);
      element.removeEventListener('focusout', focusOut);
    };
  }, [box]);
  return pointer || focus;
}

export type SteadyRow<Row> = { row: Row; tier: string; gone: boolean };

/**
 * Rows in places that do not change while `held`; `letIn` takes over the fresh order by a click. `of` names the list
 * the rows are of: those of another one take their places at once. While it is not known, it is still the last one.
 */
export function useSteady<Row>(
  rows: Row[] | undefined,
  held: boolean,
  keyOf: (row: Row) => string,
  { tierOf = () => '', of }: { tierOf?: (row: Row) => string; of?: string } = {},
) {
  const shown = useRef<Place[]>([]);
  const known = useRef(new Map<string, Row>());
  const [asked, setAsked] = useState(0);
  const answered = useRef(0);
  const last = useRef(of);
  const result = useMemo(() => {
    const fresh = (rows ?? []).map((row) => ({ key: keyOf(row), tier: tierOf(row) }));
    const same = of === undefined || of === last.current;
    const settled = settle(shown.current, fresh, held && same && asked === answered.current);
    answered.current = asked;
    last.current = of ?? last.current;
    const byKey = new Map((rows ?? []).map((row) => [keyOf(row), row]));
    const all: Array<SteadyRow<Row>> = settled.places.flatMap(({ key, tier }) => {
      const row = byKey.get(key) ?? known.current.get(key);
      return row === undefined ? [] : [{ row, tier, gone: settled.gone.has(key) }];
    });
    shown.current = settled.places;
    known.current = new Map(all.map(({ row }) => [keyOf(row), row]));
    return { rows: all, waiting: settled.waiting.length };
    // oxlint-disable-next-line react/exhaustive-deps -- keyOf and tierOf say the same of the same row
  }, [rows, held, asked, of]);
  return { ...result, letIn: () => setAsked(asked + 1) };
}
