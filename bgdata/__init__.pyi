"""The public names, for editors and type checkers; `__init__.py` imports each when it is first asked for."""

from bgdata.errors import BgdataError as BgdataError
from bgdata.package.catalogue import categories as categories
from bgdata.package.catalogue import completions as completions
from bgdata.package.catalogue import indicators as indicators
from bgdata.package.catalogue import periods as periods
from bgdata.package.catalogue import sectors as sectors
from bgdata.package.catalogue import units as units
from bgdata.package.finder import find as find
from bgdata.package.key import Key as Key
from bgdata.package.selection import breakdown as breakdown
from bgdata.package.selection import highest as highest
from bgdata.package.selection import lowest as lowest
from bgdata.package.selection import mark_contradictions as mark_contradictions
from bgdata.package.selection import select as select
from bgdata.rules.areas import completeness as completeness
from bgdata.rules.areas import merged as merged
from bgdata.rules.areas import ranked as ranked
from bgdata.rules.checks import check as check
from bgdata.rules.checks import unchecked as unchecked
from bgdata.rules.comparison import compare as compare
from bgdata.rules.comparison import headlines as headlines
from bgdata.rules.comparison import previous as previous
from bgdata.rules.derived import difference as difference
from bgdata.rules.derived import implied_whole as implied_whole
from bgdata.rules.derived import product as product
from bgdata.rules.derived import ratio as ratio
from bgdata.rules.derived import share as share
from bgdata.rules.derived import total as total
from bgdata.rules.load import load as load
from bgdata.rules.load import value as value
from bgdata.rules.rulebook import rules as rules
from bgdata.show import charts as charts
from bgdata.show.charts.trend import trend as trend
from bgdata.show.export import to_excel as to_excel
from bgdata.show.figures import save_figure as save_figure
from bgdata.show.lint import lint as lint
from bgdata.show.report import report as report
from bgdata.show.sentences import answer as answer
from bgdata.show.sentences import say as say
from bgdata.show.sentences import source as source
from bgdata.show.sentences import title as title
from bgdata.show.style import style as style
from bgdata.show.tables import table as table

__version__: str
