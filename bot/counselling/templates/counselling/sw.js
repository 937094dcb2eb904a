{% load static %}// Keeps the page for "no connection" and the looks; never a page or a file of a family.
"use strict";
const STORE = "mam-console-1";
const OFFLINE = "{% url 'counselling:offline' %}";
const KEPT = [OFFLINE, "{% static 'site/site.css' %}", "{% static 'site/icon.svg' %}"];
self.addEventListener("install", (event) => event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)))).then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
  }
});
