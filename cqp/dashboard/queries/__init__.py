from cqp.dashboard.queries.blockers import Blocker, blockers
from cqp.dashboard.queries.counts import Figures, FunnelStep, RegionRow, figures, funnel, regions
from cqp.dashboard.queries.curve import MonthPoint, curve
from cqp.dashboard.queries.forecast import Forecast, forecast

__all__ = [
    "Blocker",
    "Figures",
    "Forecast",
    "FunnelStep",
    "MonthPoint",
    "RegionRow",
    "blockers",
    "curve",
    "figures",
    "forecast",
    "funnel",
    "regions",
]
