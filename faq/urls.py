from django.urls import path

from faq import views

urlpatterns = [
    path("sanctions/", views.sanctions, name="sanctions"),
    path("sanctions/<int:number>/", views.resolution, name="resolution"),
    path("questions/", views.questions, name="questions"),
]
