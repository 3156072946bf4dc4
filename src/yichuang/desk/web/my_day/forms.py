"""The note to the next shift."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yichuang.kernel.actor import Actor, Post

from ...actions.shift_notes import LONGEST_NOTE
from ...queries.shift_notes import posts_of


class NoteForm(forms.Form):
    """Which post is asked for only where somebody holds several."""

    post = forms.ChoiceField(label=gettext_lazy("留给"))
    text = forms.CharField(
        label=gettext_lazy("留言"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE}),
        error_messages={"required": gettext_lazy("请填写留言内容")},
    )

    def __init__(self, actor: Actor, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.posts: dict[str, Post] = {}
        choices = []
        for post, name, department in posts_of(actor):
            key = f"{post.role}:{post.department}"
            self.posts[key] = post
            choices.append((key, f"{department} {_(name)}" if department else _(name)))
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]
            field.widget = forms.HiddenInput()

    @property
    def chosen(self) -> Post:
        """The post chosen in a valid form."""
        return self.posts[self.cleaned_data["post"]]
