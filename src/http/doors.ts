import type { CityView } from '../city/api.ts'
import type {
  Anchors,
  CallDetail,
  CallerMark,
  CallPage,
  CallQuery,
  CallTranscript,
  Campaign,
  CampaignChange,
  CaptionFormat,
  CaptionPass,
  Dialed,
  DialRequest,
  EvidencePiece,
  Exclusion,
  ExclusionDecision,
  ExclusionShown,
  FlowDiff,
  FlowFiles,
  FlowRequest,
  FlowRollback,
  FlowsNow,
  FlowUseView,
  FlowVersions,
  GroupRates,
  LinkAnswer,
  LinkState,
  LinkTaken,
  Member,
  NewMember,
  NewOrderRequest,
  NewSeat,
  OrderAct,
  OrderActor,
  OrderDetail,
  OrderPage,
  OrderQuery,
  OrderRulesShown,
  Part,
  RateFormula,
  RateQuery,
  SeatView,
  SurveyAudit,
} from './contract.ts'

/**
 * What the front desk asks of the house, as plain functions. What they refuse they throw as a Fault; its code decides
 * the status (`problem.ts`).
 */
export type FrontDeskDoors = {
  readonly city: CityView
  /** Newest first, at most `query.limit`; `next` is the id of the last one, when more are left. */
  listCalls(query: CallQuery): Promise<CallPage>
  /** Undefined when no call has this id. */
  showCall(id: string): Promise<CallDetail | undefined>
  seats(): Promise<readonly SeatView[]>
  /** @throws Fault `seat-exists`, `contact-invalid` */
  addSeat(seat: NewSeat): Promise<SeatView>
  /** @throws Fault `seat-unknown`, `seat-busy` */
  removeSeat(name: string): Promise<void>
  /** @throws Fault `seat-unknown`, `seat-unreachable` where no phone of it has registered */
  readySeat(name: string): Promise<SeatView>
  /** @throws Fault `seat-unknown` */
  awaySeat(name: string): Promise<SeatView>
  markCaller(number: string, mark: CallerMark): Promise<void>
  /** Rings, and resolves once answered. @throws Fault `flow-unknown`, or as `Line.dial` */
  dial(order: DialRequest): Promise<Dialed>
  readonly flows: {
    versions(): Promise<FlowVersions>
    /** What answers now, drawn, with where calls are. */
    now(): Promise<FlowsNow>
    /** @throws Fault `version-unknown` */
    files(version: number): Promise<FlowFiles>
    /** @param from the version it came after when absent. @throws Fault `version-unknown` */
    diff(to: number, from?: number): Promise<FlowDiff>
    /** @throws FaultList with every fault as file:line:column; Fault `flows-changed` */
    load(order: FlowRequest): Promise<FlowUseView>
    /** @throws Fault `no-trial`, `flows-changed` */
    promote(author: string): Promise<FlowUseView>
    /** @throws Fault `version-unknown`, `nothing-before`, `flows-changed` */
    rollback(order: FlowRollback): Promise<FlowUseView>
  }
  readonly captions: {
    /** Of a call that is up, or whose transcript is kept; undefined of any other. */
    show(id: string): Promise<CallTranscript | undefined>
    file(
      id: string,
      format: Exclude<CaptionFormat, 'json'>,
    ): Promise<{ readonly type: string; readonly body: string } | undefined>
    /** Switches captions on, and gives the ways to them. @throws Fault `call-not-up` */
    open(id: string): Promise<CaptionPass>
    /** Whether there was one that is now gone; of a call that is up none will be kept. */
    erase(id: string): Promise<boolean>
  }
  readonly staff: {
    /** @throws Fault `sign-in-refused`, `too-many-tries` */
    signIn(name: string, password: string, address: string): Promise<SignedIn>
    /** The city's own sign-in, where there is one. @throws Fault `openid-…`, `member-exists` */
    readonly openId?: {
      leave(back: string): Promise<{ readonly to: string; readonly journey: OpenIdJourney }>
      arrive(at: string, journey: OpenIdJourney): Promise<SignedIn>
    }
    /** Whose session this secret opens, and its id; undefined when none. */
    who(secret: string): Promise<{ readonly member: Member; readonly session: string } | undefined>
    signOut(secret: string): Promise<void>
    /** Told of each session that ends, by its id. */
    onOver(listen: (session: string) => void): void
    list(): Promise<readonly Member[]>
    /** @throws Fault `member-exists`, `unit-missing`, `unit-needless` */
    add(member: NewMember & { readonly display: string }): Promise<Member>
    /** @throws Fault `member-unknown` */
    remove(name: string): Promise<void>
    /** @throws Fault `member-unknown` */
    setPassword(name: string, password: string): Promise<void>
  }
  readonly surveys: {
    campaigns(): Promise<readonly Campaign[]>
    /** @throws Fault `campaign-unknown`, `campaign-state` */
    move(name: string, to: Campaign['state'], why: CampaignChange & { readonly by: string }): Promise<void>
    rates(query: RateQuery): Promise<readonly GroupRates[]>
    audit(period: Omit<RateQuery, 'by'>, anchors: Anchors): Promise<SurveyAudit>
    formula(): RateFormula
    exclusions(): Promise<readonly ExclusionShown[]>
    /** @throws Fault `order-number-wrong`, `survey-unknown`, `exclusion-reason`, `exclusion-asked` */
    ask(exclusion: Exclusion & { readonly by: string }): Promise<void>
    /** @throws Fault `survey-unknown`, `exclusion-missing`, `exclusion-alone` */
    decide(decision: ExclusionDecision & { readonly by: string }): Promise<void>
    /** Undefined for a token that opens nothing. */
    readonly link: {
      open(token: string): Promise<LinkState | undefined>
      answer(token: string, answer: LinkAnswer): Promise<LinkTaken | undefined>
    }
  }
  readonly orders: {
    rules(): OrderRulesShown
    /** One of a unit sees that unit's alone. */
    list(query: OrderQuery, reader: OrderActor): Promise<OrderPage>
    /** @throws Fault `order-number-wrong`, `order-unknown`, `order-of-another-unit` */
    show(number: string, reader: OrderActor): Promise<OrderDetail>
    /**
     * @throws Fault `order-open-already`, `call-unknown`, `category-unknown`, `unit-unknown`,
     * `ring-in-future`
     */
    make(order: Omit<NewOrderRequest, 'by'>, by: OrderActor): Promise<OrderDetail>
    /** @throws Fault as `show`, and what the order's stage, unit or rules refuse */
    act(number: string, act: OrderActOf, by: OrderActor): Promise<OrderDetail>
    readonly contact: {
      /**
       * Sends a code to the order's number, which is to be rung and never rang us.
       * @returns until when it is good
       * @throws Fault as `show`, `contact-settled`, `code-too-often`, `text-failed`
       */
      check(number: string, by: OrderActor): Promise<number>
      /** @throws Fault as `show`, `contact-settled`, `code-wrong`, `code-over` */
      readBack(number: string, code: string, by: OrderActor): Promise<OrderDetail>
    }
    readonly evidence: {
      /** As the rules have it, for whoever reads the files. */
      mostBytes(): number
      /** All or none. @throws FaultList of `evidence-…`, and as `act` */
      add(number: string, files: AsyncIterable<Upload>, by: OrderActor): Promise<OrderDetail>
      /** @throws Fault as `show`, and `evidence-unknown`, `evidence-lost` */
      open(
        number: string,
        hash: string,
        reader: OrderActor,
      ): Promise<{ readonly piece: EvidencePiece; readonly bytes: AsyncIterable<Uint8Array> }>
    }
    /** @throws Fault `order-unknown`, `order-stage`, `survey-open` */
    erase(number: string, by: string): Promise<void>
  }
  /** Every part with its readiness now. */
  health(): Promise<readonly Part[]>
  readonly figures: readonly Figure[]
}

/** Somebody who has just come in, and the secret that their browser keeps. */
export type SignedIn = { readonly secret: string; readonly member: Member }

/** What is kept on our side while somebody is at the provider (OpenID Connect Core 1.0; RFC 7636). */
export type OpenIdJourney = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** A file that comes with a request; its bytes are there to be read until the next is asked for. */
export type Upload = { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }

/** An act without whom it is done by. */
export type OrderActOf = OrderAct extends infer Act ? (Act extends unknown ? Omit<Act, 'by'> : never) : never

/** A number that operators watch: a gauge goes up and down, a counter only up. Read anew at each scrape. */
export type Figure = {
  /** In Prometheus' spelling, unit last, as `jieting_calls` or `jieting_prompt_seconds_total`. */
  readonly name: string
  readonly help: string
  readonly kind: 'gauge' | 'counter'
  read(): number | readonly LabelledNumber[]
}

/** One number of several under one name. Labels come from short fixed lists, never from callers. */
export type LabelledNumber = { readonly labels: Readonly<Record<string, string>>; readonly value: number }
