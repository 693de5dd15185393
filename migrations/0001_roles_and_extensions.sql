-- The application works as xiedang_app: it reads, inserts, and changes only the columns a migration grants it.
-- Tables belong to the user that runs the migrations. The embedded store makes both users itself; on a server of
-- your own the migrating user needs CREATEROLE once, or an administrator creates the role beforehand:
--   create role xiedang_app nologin; grant xiedang_app to <the user of DATABASE_URL>;
do $$
begin
  if not exists (select from pg_roles where rolname = 'xiedang_app') then
    begin
      create role xiedang_app nologin;
    exception
      when duplicate_object or unique_violation then null; -- another database of this server made it just now
      when insufficient_privilege then
        raise exception 'the role xiedang_app is missing and % may not create roles', current_user
          using hint = 'as an administrator: create role xiedang_app nologin; grant xiedang_app to ' || quote_ident(current_user);
    end;
  end if;
  -- On a server of your own the application logs in as the migrating user and then takes the role on. Where that
  -- was arranged beforehand, this user need not be able to grant it.
  begin
    execute format('grant xiedang_app to %I', current_user);
  exception
    when insufficient_privilege then null;
  end;
end
$$;

create extension if not exists pg_trgm;

revoke create on schema public from public;
grant usage on schema public to xiedang_app;
grant select on schema_migration to xiedang_app;
