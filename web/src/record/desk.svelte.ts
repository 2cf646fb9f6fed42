/** What the page knows and what its reader has chosen: the one place where both change. */
import { type Span, dayOf, within } from "../time/days";
import { type Choice, type LayerChoice, type Wanted, addressOf, choiceOf } from "./address";
import { type Server, inWords } from "./ask";
import { type Fits, askFits, wordsOf } from "./fitting";
import { type Item, itemsOn } from "./layers";
import { Palette } from "./palette";
import { type ControlRecord, type Changes, changes, daysTold, recordOf } from "./spells";
import { type Standing, standingOn, summed } from "./standing";
import type { Activity, Case, Facets, LayerAnswer, LayerName, PlaceAnswer } from "./wire";

/**
 * How long the address waits for the next day, so that playing does not fill it: browsers refuse more than 100 changes
 * in 10 s.
 */
const ADDRESS_MS = 300;
/** How often to ask whether the server has ended concluding. */
const CONCLUDING_MS = 5000;

const NO_DAYS: Span = { first: 0, last: 0 };

export class Desk {
  choice = $state.raw<Choice>(choiceOf(location.search));
  known = $state.raw<Case | null>(null);
  record = $state.raw<ControlRecord | null>(null);
  activity = $state.raw<Activity | null>(null);
  layers = $state.raw<{ [name in LayerName]?: LayerAnswer }>({});
  told = $state.raw<PlaceAnswer | null>(null);
  /** What rests on the claims that are wanted, as far as the server has told it. */
  facets = $state.raw<Facets | null>(null);
  private fitsTold = $state.raw<Fits | null>(null);
  trouble = $state<string | null>(null);
  placeTrouble = $state<string | null>(null);
  isLoading = $state(true);
  /** The place under the pointer or the focus, an index; -1 = none. */
  hovered = $state(-1);
  /** When the reader last asked for something, by the page's clock: what the answer's time is counted from. */
  askedAt = 0;
  readonly palette = new Palette();

  /** Of its own, so that what hangs on it rests while only the day changes. */
  readonly asOf: string | null = $derived(this.choice.asOf);
  readonly span: Span = $derived(this.daysOfCase());
  /** Whether the case tells of any day at all. */
  readonly isDated: boolean = $derived(this.span !== NO_DAYS);
  readonly day: number = $derived(this.choice.day === null ? this.span.last : within(this.choice.day, this.span));
  readonly changes: Changes | null = $derived(this.record && changes(this.record.spells));
  /** null where nothing is asked of the claims; until the server has told, what was drawn before stays. */
  readonly fits: Fits | null = $derived(wordsOf(this.choice.wanted, this.asOf) === null ? null : this.fitsTold);
  readonly standing: Standing | null = $derived(
    this.record && standingOn(this.record, this.day, this.choice, this.fits?.spells ?? null),
  );
  readonly sum = $derived(this.record && this.standing && summed(this.record, this.standing));
  readonly chosen: number = $derived(
    this.choice.place && this.record ? this.record.places.id.indexOf(this.choice.place) : -1,
  );
  readonly items: Item[] = $derived(this.itemsOfDay());

  private addressTimer = 0;
  private concludingTimer = 0;
  private asked = 0;
  private facetsAsked = 0;
  private readonly server: Server;

  constructor(server: Server) {
    this.server = server;
  }

  /** Everything anew, as known on the chosen day. */
  async open(): Promise<void> {
    const turn = ++this.asked;
    const { asOf } = this.choice;
    this.isLoading = true;
    try {
      const [known, control, activity] = await Promise.all([
        this.server.caseNow(asOf),
        this.server.control(asOf),
        this.server.activity(asOf),
      ]);
      if (turn !== this.asked) return;
      this.palette.learn(control.actors);
      this.layers = {};
      this.fitsTold = null;
      [this.known, this.record, this.activity, this.trouble] = [known, recordOf(control), activity, null];
      if (known.concluding) this.awaitConclusion();
      await Promise.all([this.openLayers(), this.openPlace(), this.openFits()]);
    } catch (error) {
      if (turn === this.asked) this.trouble = inWords(error);
    } finally {
      if (turn === this.asked) this.isLoading = false;
    }
  }

  /** Asks now and then whether the record has been concluded; only then everything is asked for anew. */
  private awaitConclusion(): void {
    clearTimeout(this.concludingTimer);
    this.concludingTimer = window.setTimeout(async () => {
      try {
        const known = await this.server.caseNow(this.choice.asOf);
        if (known.concluding) this.awaitConclusion();
        else void this.open();
      } catch (error) {
        this.trouble = inWords(error);
      }
    }, CONCLUDING_MS);
  }

  setDay = (day: number): void => this.choose({ day: within(day, this.span) }, "later");
  setView = (view: Choice["view"]): void => this.choose({ view }, "later");

  setPlace(id: string | null): void {
    if (id === this.choice.place) return;
    // Whoever chooses a place wants to read of it, be it while the layers are open.
    this.choose({ place: id, ...(id && this.choice.tab === "choices" ? { tab: "places" as const } : {}) }, "step");
    void this.openPlace();
    void this.openFits();
  }

  setAsOf(asOf: string | null): void {
    if (asOf === this.choice.asOf) return;
    this.choose({ asOf }, "step");
    keepAsOf(asOf);
    void this.open();
  }

  toggle(layer: LayerChoice): void {
    const { layers } = this.choice;
    this.choose(
      { layers: layers.includes(layer) ? layers.filter((name) => name !== layer) : [...layers, layer] },
      "step",
    );
    void this.openLayers();
    void this.openFits();
  }

  /** What is asked of the claims that are listed and that what is drawn rests on. */
  want(part: Partial<Wanted>): void {
    this.choose({ wanted: { ...this.choice.wanted, ...part } }, "step");
    void this.openFits();
  }

  /** A step can be gone back from; what is set `later` only changes the address that stands. */
  choose(part: Partial<Choice>, how: "step" | "later"): void {
    this.askedAt = performance.now();
    this.choice = { ...this.choice, ...part };
    clearTimeout(this.addressTimer);
    if (how === "step") history.pushState(null, "", addressOf(this.choice));
    else
      this.addressTimer = window.setTimeout(() => history.replaceState(null, "", addressOf(this.choice)), ADDRESS_MS);
  }

  /** The reader went back or forward. */
  readAddress(): void {
    const before = this.choice;
    this.choice = choiceOf(location.search);
    keepAsOf(this.choice.asOf);
    if (before.asOf !== this.choice.asOf) void this.open();
    else void Promise.all([this.openLayers(), this.openPlace(), this.openFits()]);
  }

  private async openLayers(): Promise<void> {
    const { layers, asOf } = this.choice;
    const wanted = layers.filter((name): name is LayerName => name !== "control" && !this.layers[name]);
    try {
      const answers = await Promise.all(
        wanted.map(async (name) => [name, await this.server.layer(name, asOf)] as const),
      );
      if (asOf === this.choice.asOf) this.layers = { ...this.layers, ...Object.fromEntries(answers) };
    } catch (error) {
      this.trouble = inWords(error);
    }
  }

  private async openFits(): Promise<void> {
    const { wanted, asOf, place } = this.choice;
    const words = wordsOf(wanted, asOf);
    if (words === null || !this.record) return;
    if (!this.facets) void this.openFacets();
    const layers = this.choice.layers.filter((name): name is LayerName => name !== "control");
    try {
      const fits = await askFits(this.server, this.record, { wanted, asOf, layers, place }, this.fitsTold);
      if (words === wordsOf(this.choice.wanted, this.choice.asOf)) this.fitsTold = fits;
    } catch (error) {
      this.trouble = inWords(error);
    }
  }

  /** Counts of the claims that fit, on the chosen place where one is. */
  async openFacets(): Promise<void> {
    const { wanted, place, asOf } = this.choice;
    const turn = ++this.facetsAsked;
    try {
      const facets = await this.server.facets(wanted, place, asOf);
      if (turn === this.facetsAsked) this.facets = facets;
    } catch (error) {
      this.trouble = inWords(error);
    }
  }

  private async openPlace(): Promise<void> {
    const { place, asOf } = this.choice;
    this.placeTrouble = null;
    if (this.told?.place.id !== place) this.told = null;
    if (!place) return;
    try {
      const told = await this.server.place(place, asOf);
      if (place === this.choice.place && asOf === this.choice.asOf) this.told = told;
    } catch (error) {
      if (place === this.choice.place) [this.told, this.placeTrouble] = [null, inWords(error)];
    }
  }

  private itemsOfDay(): Item[] {
    return this.choice.layers.flatMap((name) => {
      const answer = name === "control" ? undefined : this.layers[name];
      if (!answer) return [];
      const { types, least } = this.choice;
      const fits = this.fits?.layers[name as LayerName] ?? null;
      return itemsOn(name as LayerName, answer, this.day, { types, least, fits });
    });
  }

  /** From the first day that a holder is told of, or that anything was published on, to the last. */
  private daysOfCase(): Span {
    const told = this.record && daysTold(this.record.spells);
    const days = [dayOf(this.known?.first_published), dayOf(this.known?.last_published), told?.first, told?.last];
    const known = days.filter((day): day is number => day != null);
    if (!known.length) return NO_DAYS;
    // Nothing was known of the days after the one that the record is asked as of.
    const [first, last] = [
      Math.min(...known),
      Math.min(Math.max(...known), dayOf(this.asOf) ?? Number.POSITIVE_INFINITY),
    ];
    return { first: Math.min(first, last), last };
  }
}

/**
 * The site's own links, which the server wrote for the day that the page was opened as of, follow the reader's choice.
 */
function keepAsOf(asOf: string | null): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("header.top a")) {
    const address = new URL(link.href);
    if (asOf) address.searchParams.set("as_of", asOf);
    else address.searchParams.delete("as_of");
    link.href = address.href;
  }
}
