// The preview's script in each page: tells when to load it anew, swaps style sheets, shows faults.
"use strict";
(() => {
	const RETRY = 250; // ms until a lost server is looked for again
	let build = document.currentScript.dataset.build;
	let panel = null;
	const leaving = new WeakSet(); // links that are being replaced

	function connect() {
		const socket = new WebSocket(`ws://${location.host}/__mujaz/socket`);
		const send = (message) => socket.send(JSON.stringify(message));
		socket.onopen = () => {
			send({ command: "hello" });
			send({ command: "info", url: location.href });
		};
		socket.onmessage = (event) => {
			const told = JSON.parse(event.data);
			if (told.command === "state") show(told);
			if (told.command === "sheets") swap(told);
		};
		socket.onclose = () => setTimeout(connect, RETRY);
	}

	function show(state) {
		if (state.build !== build) location.reload();
		else if (state.faults.length) open(state);
		else close();
	}

	// --- style sheets -------------------------------------------------------------------------

	// The text of a sheet stands in the page itself, or is linked. The page's policy forbids a new
	// inline text, but not rules that a script sets one by one.
	function swap({ sheets, build: next }) {
		for (const style of document.querySelectorAll("style")) restyle(style, sheets);
		for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) relink(link, sheets);
		if (next) build = next;
	}

	function restyle(style, sheets) {
		const before = style.mujazText ?? style.textContent;
		let text = before;
		for (const [old, now] of sheets) text = replaced(text, plain(old), plain(now));
		if (text === before) return;
		style.mujazText = text;
		const made = new CSSStyleSheet();
		made.replaceSync(text);
		while (style.sheet.cssRules.length) style.sheet.deleteRule(0);
		for (const rule of made.cssRules) style.sheet.insertRule(rule.cssText, style.sheet.cssRules.length);
	}

	// One sheet may be the other with a rule more: then the text may hold both, and has the new one
	function replaced(text, old, now) {
		if (now.includes(old) && text.includes(now)) return text;
		return text.replace(old, () => now);
	}

	// As a browser reads the text of an element
	function plain(text) {
		return text.replace(/\r\n?/g, "\n");
	}

	function relink(link, sheets) {
		if (leaving.has(link)) return;
		for (const [, , old, now] of sheets) {
			const address = decodeURI(new URL(link.href).pathname);
			if (!address.endsWith(old)) continue;
			const next = link.cloneNode();
			next.href = encodeURI(address.slice(0, -old.length) + now);
			leaving.add(link); // it stays until the new one is there
			next.onload = next.onerror = () => link.remove();
			link.after(next);
			return;
		}
	}

	// --- faults -------------------------------------------------------------------------------

	function open(state) {
		close();
		panel = document.createElement("div");
		panel.setAttribute("popover", "manual"); // above all that the page may have
		const root = panel.attachShadow({ mode: "open" }); // no style of the page's comes in
		const style = element("link", { rel: "stylesheet", href: "/__mujaz/overlay.css" });
		const box = element("section", { role: "alert", ...language(state.lang) });
		const button = element("button", { type: "button", "aria-label": state.close }, "×");
		button.onclick = close;
		box.append(button, element("h1", {}, state.heading), ...state.faults.map(item));
		box.append(element("p", { class: "note" }, state.note));
		root.append(style, box);
		document.documentElement.append(panel);
		style.onload = style.onerror = () => panel?.showPopover?.();
		document.addEventListener("keydown", escaped);
	}

	function item(fault) {
		const found = element("article", {});
		if (fault.place) found.append(element("p", { class: "place", dir: "ltr" }, fault.place));
		if (fault.text) found.append(element("pre", { class: "line", dir: "auto" }, fault.text));
		found.append(element("p", { class: "said", ...language(fault.lang) }, fault.said));
		if (fault.todo) found.append(element("p", { class: "todo" }, fault.todo));
		return found;
	}

	function language(lang) {
		return { lang, dir: lang === "ar" ? "rtl" : "ltr" };
	}

	function element(name, attributes, text) {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
		if (text) made.textContent = text;
		return made;
	}

	function close() {
		panel?.remove();
		panel = null;
		document.removeEventListener("keydown", escaped);
	}

	function escaped(event) {
		if (event.key === "Escape") close();
	}

	connect();
})();
