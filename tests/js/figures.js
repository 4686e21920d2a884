// Small figures of each kind, in the shape that trade/charts/schema.py writes down.

export function point(value, more = {}) {
  return {
    value,
    text: value === null ? "–" : `US$${value}`,
    share: "",
    rank: "",
    status: "A",
    status_text: "",
    url: null,
    ...more,
  };
}

export const stacked = {
  kind: "stacked",
  unit: "US$",
  current: "2024",
  categories: [
    { key: "2023", label: "2023", partial: false, url: "/provinces/?year=2023" },
    { key: "2024", label: "2024", partial: false, url: null },
    { key: "2025", label: "Jan–Sep 2025", partial: true, url: null },
  ],
  series: [
    {
      name: "Liaoning",
      colour: 1,
      component: "reported",
      estimated: false,
      url: "/provinces/cn-ln/",
      points: [
        point(3, { share: "52% of all provinces", rank: "1st of 31" }),
        point(0),
        point(null, { status: "Q", status_text: "missing: suppressed" }),
      ],
    },
    {
      name: "Heilongjiang, estimate",
      colour: 2,
      component: "estimate",
      estimated: true,
      url: null,
      points: [
        point(null),
        point(5, { share: "9%", rank: "2nd of 31", status: "E", status_text: "estimate" }),
        point(null),
      ],
    },
  ],
  totals: [point(3), point(5, { status: "P", status_text: "provisional" }), point(null)],
};

export const pie = {
  kind: "pie",
  categories: [
    { label: "Mineral products", colour: 2, component: "reported", url: null },
    { label: "Oil, estimate", colour: 2, component: "estimate", url: null },
    { label: "Other or unspecified", colour: 0, component: "reported", url: null },
  ],
  series: [
    {
      name: "all goods",
      colour: 0,
      component: "shown",
      estimated: false,
      url: null,
      points: [point(5, { url: "/commodities/v/" }), point(3), point(2)],
    },
  ],
  totals: [point(5, { share: "50%" }), point(3, { share: "30%" }), point(2, { share: "20%" })],
};

export const bars = {
  kind: "bars",
  categories: [
    { label: "Heilongjiang", colour: 1, url: null },
    { label: "Jilin", colour: 2, url: null },
  ],
  series: [
    {
      name: "reported",
      colour: 0,
      component: "reported",
      estimated: false,
      url: null,
      points: [point(7, { share: "70% of all provinces", rank: "1st of 2" }), point(null)],
    },
    { name: "estimate", colour: 0, component: "estimate", estimated: true, url: null, points: [point(2), point(null)] },
  ],
  totals: [
    point(9, { share: "70%", says: "90% of all provinces", rank: "1st of 2", status: "P", status_text: "provisional" }),
    point(null),
  ],
};
