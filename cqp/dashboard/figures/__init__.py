from cqp.dashboard.figures.blockers import Blocker, blockers
from cqp.dashboard.figures.counts import Figures, FunnelStep, RegionRow, figures, funnel, regions
from cqp.dashboard.figures.curve import MonthPoint, curve
from cqp.dashboard.figures.forecast import Forecast, forecast

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
