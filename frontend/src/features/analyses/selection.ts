import { nanoid } from "@reduxjs/toolkit";
import { useCallback, useEffect, useMemo, useState } from "react";
import { type Path, useLocation, useSearchParams } from "react-router";
import type { DocumentAnalysisResponse, FactResponse } from "@/lib/api/client.generated";
import { lostAt } from "@/lib/unsavedInput";
import { useLatest } from "@/lib/useLatest";

/** What the address names: a document of the order, a fact of it, and a page other than that of the fact. */
export interface Selection {
  documentId: string;
  factId?: string | null;
  page?: number | null;
}

export type Select = (selection: Selection) => void;

export interface Selected {
  reading: DocumentAnalysisResponse | undefined;
  fact: FactResponse | null;
  page: number;
  /** The document that is selected, whether it is loaded or not. */
  documentId: string | null;
  /** How often something was selected: selecting what is selected counts too. */
  count: number;
  select: Select;
  /** Shows a page of the selected document. */
  turnTo: (page: number) => void;
}

interface State {
  /** Selected, and not in the address yet. The entry of the history has the id: two may have the same address. */
  ahead: { selection: Selection; id: string } | null;
  count: number;
}

/**
 * The selected document, fact and page, which the address names; without a name, the first document. A document or a
 * fact that is selected is a step of the browser's history, a page that is turned is none.
 *
 * The address follows the selection: the router draws the whole page again in a transition, and a click has to show the
 * place of its fact at once. So has a key: the next one may accept the fact.
 */
export function useSelection(documents: DocumentAnalysisResponse[]): Selected {
  const [params, setParams] = useSearchParams();
  const [state, setState] = useState<State>({ ahead: null, count: 0 });
  const named = useMemo(() => selectionOf(params), [params]);
  const location = useLocation();
  const isFollowed = state.ahead !== null && location.state?.selectionId === state.ahead.id;
  const ahead = isFollowed ? null : state.ahead;
  if (ahead !== state.ahead) setState({ ...state, ahead });

  // Back and Forward leave what was selected. The router cannot tell: when the customer goes back before it has drawn
  // the entry that the selection added, it draws none but the entry before.
  useEffect(() => {
    const followAddress = () => setState(({ count }) => ({ ahead: null, count }));
    window.addEventListener("popstate", followAddress);
    return () => window.removeEventListener("popstate", followAddress);
  }, []);

  const { documentId, factId, page } = ahead?.selection ?? named ?? NOTHING;
  const reading = documentId
    ? documents.find((candidate) => candidate.document_id === documentId)
    : documents[0];
  const facts = reading?.facts;
  const fact = useMemo(() => facts?.find(({ id }) => id === factId) ?? null, [facts, factId]);

  const { pathname } = location;
  const current = useLatest({ documentId: reading?.document_id, factId, pathname, setParams });
  const select = useCallback(
    (next: Selection) => {
      const { documentId, factId, pathname, setParams } = current.current;
      const isSame = next.documentId === documentId && (next.factId ?? null) === (factId ?? null);
      const id = nanoid();
      const params = paramsOf(next);
      // What makes unsaved input disappear is selected by the address, which waits for an answer.
      if (lostAt({ pathname, search: `?${params}`, hash: "" }).length === 0)
        setState(({ count }) => ({ ahead: { selection: next, id }, count: count + 1 }));
      setParams(params, { replace: isSame, preventScrollReset: true, state: { selectionId: id } });
    },
    [current],
  );
  const turnTo = useCallback(
    (page: number) => {
      const { documentId, factId = null } = current.current;
      if (documentId) select({ documentId, factId, page });
    },
    [current, select],
  );
  const { count } = state;
  return useMemo(
    () => ({
      reading,
      fact,
      page: page ?? fact?.page ?? 1,
      documentId: documentId ?? null,
      count,
      select,
      turnTo,
    }),
    [reading, fact, page, documentId, count, select, turnTo],
  );
}

/** Whether a document is shown at an address, and a fact of it unless that is left out. */
export function isShownAt({ search }: Pick<Path, "search">, documentId: string, factId?: string): boolean {
  const named = selectionOf(new URLSearchParams(search));
  return named?.documentId === documentId && (factId === undefined || named.factId === factId);
}

const NOTHING: Partial<Selection> = {};

function selectionOf(params: URLSearchParams): Selection | null {
  const documentId = params.get("document");
  return documentId ? { documentId, factId: params.get("fact"), page: pageOf(params.get("page")) } : null;
}

function paramsOf({ documentId, factId, page }: Selection): URLSearchParams {
  const params = new URLSearchParams({ document: documentId });
  if (factId) params.set("fact", factId);
  if (page) params.set("page", String(page));
  return params;
}

function pageOf(text: string | null): number | null {
  const page = Number(text);
  return Number.isInteger(page) && page > 0 ? page : null;
}
