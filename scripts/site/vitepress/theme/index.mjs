/** The theme of VitePress without fonts of its own, so that pages use those of the reader's machine. */
import Theme from 'vitepress/theme-without-fonts';
import './style.css';

export default Theme;
