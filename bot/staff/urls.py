"""Addresses of accounts and of the audit trail."""

from django.urls import path

from bot.staff.views import account, audit, factor, people

app_name = "staff"
urlpatterns = [
    path("dang-nhap/ma/", factor.code, name="code"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/mat-khau/", account.password, name="password"),
    path("tai-khoan/ma-hai-buoc/", factor.set_up, name="set_up"),
    path("tai-khoan/ma-hai-buoc/ma-du-phong/", factor.backup_codes, name="backup_codes"),
    path("tai-khoan/ma-hai-buoc/tat/", factor.switch_off, name="switch_off"),
    path("tai-khoan/dang-xuat-moi-noi/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("nhan-vien/", people.staff_page, name="invite"),
    path("nhan-vien/<int:pk>/", people.change, name="change"),
    path("nhan-vien/<int:pk>/khoa/", people.lock, name="lock"),
    path("nhan-vien/<int:pk>/ma-hai-buoc/", people.reset_factor, name="reset_factor"),
    path("loi-moi/<str:token>/", people.join, name="join"),
    path("nhat-ky/", audit.audit_page, name="audit"),
    path("nhat-ky/xuat.csv", audit.audit_csv, name="audit_csv"),
]
