from .blockers import Blocker, blockers
from .counts import Figures, FunnelStep, RegionRow, figures, funnel, regions
from .curve import MonthPoint, curve
from .forecast import Forecast, forecast

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
