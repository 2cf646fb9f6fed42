import { mount } from "svelte";
import Page from "./Page.svelte";
import "./page.css";
import { Server } from "./record/ask";
import { Desk } from "./record/desk.svelte";

const target = document.querySelector<HTMLElement>("#record");
if (target) {
  const server = new Server(target.dataset.api ?? "/api/v1");
  const desk = new Desk(server);
  // What the server wrote for readers without scripts gives way to the page.
  target.replaceChildren();
  target.classList.add("tadmor");
  mount(Page, { target, props: { desk, server } });
  void desk.open();
}
