/** What every page loads. Each module does one thing and leaves the page usable without it. */
import "./styles/index.css";

import htmx from "htmx.org";

import { soundLiveAlerts } from "./alerts.ts";
import { readUnits } from "./amounts.ts";
import { forgetWhatWasAccepted, saveDrafts } from "./autosave.ts";
import { keepBoard } from "./board.ts";
import { drawCharts } from "./charts.ts";
import { tickClocks } from "./clocks.ts";
import { enhanceComboboxes } from "./combobox.ts";
import { helpToCompose } from "./compose.ts";
import { showWhatApplies } from "./conditions.ts";
import { openDialogs } from "./dialogs.ts";
import { findEverything } from "./everything.ts";
import { helpWithFiles } from "./files.ts";
import { listenForKeys } from "./keys.ts";
import { noticeWhatComes } from "./notices.ts";
import { moveInLists } from "./lists.ts";
import { followFeed } from "./live.ts";
import { drawMaps } from "./maps.ts";
import { helpWithMoments } from "./moments.ts";
import { pickRows } from "./picks.ts";
import { closePopovers } from "./popovers.ts";
import { quoteWhatIsSelected } from "./quoting.ts";
import { reconcileParts } from "./reconcile.ts";
import { helpWithRows } from "./rows.ts";
import { submitByKey } from "./submit.ts";
import { makeTabs } from "./tabs.ts";
import { chooseTheme } from "./theme.ts";
import { pointOut } from "./tour.ts";
import { beginAtNew, confirmWhatIsSeen, gatherPhrases, unfold, unfoldForPaper } from "./thread.ts";
import { keepWall } from "./wall.ts";

Object.assign(window, { htmx });

document.documentElement.classList.add("js");
chooseTheme();
tickClocks();
listenForKeys();
moveInLists();
openDialogs();
findEverything();
pickRows();
closePopovers();
submitByKey();
makeTabs();
followFeed();
keepBoard();
keepWall();
reconcileParts();
soundLiveAlerts();
noticeWhatComes();
unfold();
unfoldForPaper();

/** What belongs to parts of a page, which htmx may bring again. */
function enhance(root: ParentNode): void {
  enhanceComboboxes(root);
  gatherPhrases(root);
  saveDrafts(root);
  helpWithMoments(root);
  drawMaps(root);
  drawCharts(root);
}

forgetWhatWasAccepted();
enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement) enhance(event.target);
});

helpToCompose();
readUnits();
showWhatApplies();
helpWithRows();
helpWithFiles();
confirmWhatIsSeen();
beginAtNew();
quoteWhatIsSelected();
pointOut();

// Errors stay where the reader is: the summary takes the focus.
document.querySelector<HTMLElement>("#errors")?.focus();
