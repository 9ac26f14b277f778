/** A button that switches between dark and light mode; until it is pressed the reader's system decides. */

export function addColourSwitch(page: HTMLElement): void {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = (): boolean => (root.dataset['colours'] ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'colours';
  const say = (): void => {
    button.textContent = isDark() ? 'Light mode' : 'Dark mode';
  };
  button.addEventListener('click', () => {
    root.dataset['colours'] = isDark() ? 'light' : 'dark';
    say();
  });
  system.addEventListener('change', say);
  say();
  page.prepend(button);
}
