"""« Exploitation »: every row of the site to read, for the certifier; nothing can be added, changed or deleted there.

Each app registers its models in its own `admin`. Never shown: files and JSON (sealed contents, drawn signatures,
letters), which have pages that write in the journal who reads them, and the fields that a registration calls `hidden`.
"""

from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import can_steer
from core.models import JournalEntry, Work
from core.models.folded import FoldedField
from core.text_folding import folded

NOTHING = "–"


class OperatorSite(admin.AdminSite):
    """An index, a list and a page of one row, in place of the addresses of Django's admin and of its login."""

    def admin_view(self, view, cacheable: bool = False):
        @require_safe
        @never_cache
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not can_steer(request.user):
                raise PermissionDenied("L’exploitation du site est réservée au certificateur.")
            return view(request, *args, **kwargs)

        return guarded

    def get_urls(self) -> list:
        return [
            path("", self.admin_view(self.index), name="index"),
            path("<slug:app>/<slug:model>/", self.admin_view(self.rows), name="rows"),
            path("<slug:app>/<slug:model>/<str:pk>/", self.admin_view(self.rows), name="row"),
        ]

    def register_rest(self, *labels: str) -> None:
        """Register the models of these apps that have no admin class of their own."""
        kinds = [kind for label in labels for kind in apps.get_app_config(label).get_models()]
        self.register([kind for kind in kinds if not self.is_registered(kind)], ReadOnlyAdmin)

    def registered(self) -> list["ReadOnlyAdmin"]:
        return [kind for kind in self._registry.values() if isinstance(kind, ReadOnlyAdmin)]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        kinds = sorted(self.registered(), key=lambda kind: (kind.opts.app_label, kind.noun))
        sections = [
            (apps.get_app_config(label).verbose_name, [(kind.noun, kind.url()) for kind in inside])
            for label, inside in groupby(kinds, key=lambda kind: kind.opts.app_label)
        ]
        return TemplateResponse(request, "admin/index.html", {"sections": sections})

    def rows(self, request: HttpRequest, app: str, model: str, pk: str = "") -> HttpResponse:
        kinds = {(kind.opts.app_label, kind.opts.model_name): kind for kind in self.registered()}
        if (app, model) not in kinds:
            raise Http404
        kind = kinds[app, model]
        return kind.change_view(request, pk) if pk else kind.changelist_view(request)


site = OperatorSite(name="admin")


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list with search and filters, and a page for each row. Rows come through `visible_to` where a model has it."""

    actions = None
    hidden: tuple[str, ...] = ()
    also_selected: tuple[str, ...] = ()  # what the texts of the columns read beyond the columns

    @property
    def noun(self) -> str:
        return str(self.opts.verbose_name_plural)

    def url(self, *pk: Any) -> str:
        place = [self.opts.app_label, self.opts.model_name, *pk]
        return reverse("admin:row" if pk else "admin:rows", args=place)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return can_steer(request.user)

    def _never(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _never

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = self.model._default_manager.all()
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def shown_fields(self) -> list[models.Field]:
        fields = (*self.opts.concrete_fields, *self.opts.many_to_many)
        unread = models.FileField | models.JSONField | FoldedField
        shown = [field for field in fields if not isinstance(field, unread)]
        return [field for field in shown if field.name not in self.hidden]

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        short = (field for field in self.shown_fields() if not isinstance(field, models.TextField))
        names = [field.name for field in short if field.name != "id" and not field.many_to_many]
        return tuple(names[:5])

    def get_list_filter(self, request: HttpRequest) -> tuple[str, ...]:
        fields = self.shown_fields()
        return tuple(
            field.name for field in fields if field.choices or isinstance(field, models.BooleanField)
        )

    def get_search_results(self, request: HttpRequest, queryset: models.QuerySet, search_term: str):
        """What holds the words as typed, or folded: columns of both kinds are searched."""
        typed, repeats = super().get_search_results(request, queryset, search_term)
        same, _ = super().get_search_results(request, queryset, folded(search_term) or search_term)
        return typed | same, repeats

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        columns = self.get_list_display(request)
        return [
            *filter(lambda name: self.opts.get_field(name).is_relation, columns),
            *self.also_selected,
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        try:
            found = self.get_changelist_instance(request)
        except (IncorrectLookupParameters, SuspiciousOperation):
            return redirect(self.url())
        shown = self.get_list_display(request)
        fields = [field for field in self.opts.fields if field.name in shown]
        context = {
            "noun": self.noun,
            "words": found.query if self.search_fields else None,
            "filters": [(spec.title, list(spec.choices(found))) for spec in found.filter_specs],
            "rows": [(self.url(row.pk), _facts(row, fields)) for row in found.result_list],
            "page": found.paginator.get_page(found.page_num),
        }
        return render(request, "admin/change_list.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url="", extra_context=None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        context = {
            "row": row,
            "noun": self.noun,
            "list_url": self.url(),
            "facts": _facts(row, self.shown_fields()),
        }
        return render(request, "admin/change_form.html", context)


def _facts(row: models.Model, fields: list[models.Field]) -> list[tuple[str, str]]:
    return [(str(capfirst(field.verbose_name)), _text(row, field)) for field in fields]


def _text(row: models.Model, field: models.Field) -> str:
    value = getattr(row, field.name)
    if field.many_to_many:
        return ", ".join(map(str, value.all())) or NOTHING
    if isinstance(value, bool):
        return "oui" if value else "non"
    if field.is_relation:
        return NOTHING if value is None else str(value)
    return display_for_field(value, field, NOTHING) or NOTHING


site.register(User, ReadOnlyAdmin, hidden=("password",), search_fields=("folded",))
site.register(
    JournalEntry, ReadOnlyAdmin, search_fields=("folded_words", "folded_actor", "action", "subject_id")
)
site.register(Work, ReadOnlyAdmin, search_fields=("task", "subject_id", "error"))
site.register_rest("core", "accounts")
