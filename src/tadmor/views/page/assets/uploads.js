// Files by dropping them, how much has been sent, how far it is read; all of it works without.
const form = document.getElementById("send");
const reading = document.getElementById("reading");

const told = (size) => (size < 1e6 ? `${(size / 1e3).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`);

const sending = () => {
  const files = document.getElementById("files");
  const drop = document.getElementById("drop");
  const chosen = document.getElementById("chosen");
  const words = document.getElementById("sending");
  const bar = document.getElementById("sent");
  const button = form.querySelector(".buttons button");

  const say = (text, refused = false) => {
    words.hidden = false;
    words.textContent = text;
    words.classList.toggle("refused", refused);
  };
  const show = () => {
    chosen.replaceChildren(
      ...[...files.files].map((file) => {
        const line = document.createElement("li");
        const name = document.createElement("bdi");
        name.textContent = file.name;
        line.append(name, ` ${told(file.size)}`);
        return line;
      }),
    );
  };

  document.getElementById("dropping").hidden = false;
  files.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"])
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    const all = new DataTransfer();
    for (const file of [...files.files, ...event.dataTransfer.files]) all.items.add(file);
    files.files = all.files;
    show();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const large = [...files.files].find((file) => file.size > Number(form.dataset.file));
    if (large) {
      say(`${large.name} is larger than ${told(Number(form.dataset.file))}; nothing was sent.`, true);
      return;
    }
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.upload.addEventListener("progress", (at) => {
      bar.hidden = false;
      if (at.lengthComputable) bar.value = at.loaded / at.total;
      say(`Sending: ${told(at.loaded)}${at.lengthComputable ? ` of ${told(at.total)}` : ""}`);
    });
    const failed = (text) => {
      bar.hidden = true;
      button.disabled = false;
      say(text, true);
    };
    request.addEventListener("load", () => {
      // it leads on to the page of the upload, or says on its own why it took nothing
      if (request.status === 200) location.assign(request.responseURL);
      else failed(request.response?.querySelector(".refused, main p")?.textContent ?? `Not taken (${request.status}).`);
    });
    request.addEventListener("error", () => failed("The connection broke off; nothing was kept. Send the files again."));
    request.open("POST", form.action);
    button.disabled = true;
    say("Sending");
    request.send(new FormData(form));
  });
};

const following = () => {
  const words = document.getElementById("words");
  const last = document.getElementById("last");
  const look = async () => {
    try {
      const answer = await fetch(reading.dataset.upload, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      const now = await answer.json();
      if (now.state !== "waiting" && now.state !== "reading") {
        location.reload();
        return;
      }
      words.textContent = now.words;
      document.getElementById("done").textContent = now.done;
      document.getElementById("progress").value = now.done;
      last.textContent = now.name ? `, the last ${now.name}` : "";
    } catch {
      words.textContent = "the server does not answer; reading goes on when it is back";
    }
    setTimeout(look, 700);
  };
  look();
};

if (form !== null) sending();
if (reading !== null) following();
