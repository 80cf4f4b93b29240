// The grid as its form shows it, read and written: marks by criterion, the opinion, the remarks.

const MARK = "mark-";
const OPINIONS = { yes: true, no: false };

const checked = (form, name) => form.querySelector(`input[name="${name}"]:checked`);

const markNames = (form) =>
  new Set([...form.querySelectorAll(`input[name^="${MARK}"]`)].map(({ name }) => name));

/** {marks: {criterion: rank}, validated, comment}, as the site takes it. */
export const readFields = (form) => {
  const marks = {};
  markNames(form).forEach((name) => {
    const choice = checked(form, name);
    if (choice) marks[name.slice(MARK.length)] = Number(choice.value);
  });
  const opinion = checked(form, "validated")?.value;
  return { marks, validated: OPINIONS[opinion] ?? null, comment: form.elements.comment.value };
};

const choose = (form, name, value) => {
  form.querySelectorAll(`input[name="${name}"]`).forEach((input) => {
    input.checked = input.value === value;
  });
};

export const writeFields = (form, { marks, validated, comment }) => {
  markNames(form).forEach((name) => choose(form, name, String(marks[name.slice(MARK.length)] ?? "")));
  choose(form, "validated", validated === null ? "" : validated ? "yes" : "no");
  form.elements.comment.value = comment;
};

export const same = (one, other) => {
  const flat = ({ marks, validated, comment }) =>
    JSON.stringify([Object.entries(marks).sort(), validated, comment.trim()]);
  return flat(one) === flat(other);
};

/** The words of a criterion: « P1. Préparer le poste ». */
export const labelOf = (form, criterion) => {
  const input = form.querySelector(`input[name="${MARK}${criterion}"]`);
  return input?.closest("fieldset").querySelector("legend").textContent.trim() ?? "";
};
