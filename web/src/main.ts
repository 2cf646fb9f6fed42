import { mount } from "svelte";
import Page from "./Page.svelte";
// In this order: what is for narrow screens and for paper comes after what it changes.
import "./look/ground-rules.css";
import "./look/page.css";
import "./look/map.css";
import "./look/day.css";
import "./look/panel.css";
import "./look/search.css";
import "./look/place.css";
import "./look/ribbon.css";
import "./look/phone.css";
import "./look/paper.css";
import "./look/forced.css";
import { publishedPages } from "./record/address";
import { Server } from "./record/ask";
import { Published, fileOf } from "./record/published";
import { ownGround } from "./map/own";
import { Desk } from "./record/desk.svelte";

const target = document.querySelector<HTMLElement>("#record");
if (target) {
  const { published } = target.dataset;
  if (published) publishedPages((kind, id) => `${kind}/${fileOf(id)}.html`);
  const server = published ? new Published(published) : new Server(target.dataset.api ?? "/api/v1");
  const desk = new Desk(server);
  // What the server wrote for readers without scripts gives way to the page.
  target.replaceChildren();
  target.classList.add("tadmor");
  mount(Page, { target, props: { desk, server, own: ownGround(target) } });
  void desk.open();
}
