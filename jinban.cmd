@echo off
rem Jinban's only entry on Windows: the same steps as ./jinban, without its system packages.
setlocal
set "here=%~dp0"
set "modules=%here%node_modules"
set "node=%modules%\node\bin\node.exe"

if "%~1"=="" goto usage
if not exist "%here%build\cli\%~1.ts" goto usage
set "verb=%~1"

fc /b "%here%package-lock.json" "%modules%\.jinban-lock" >nul 2>&1 && if exist "%node%" goto start
where npm >nul 2>&1 || (echo jinban: this machine has no Node.js 20 or newer with npm. Install Node.js 24 from https://nodejs.org 1>&2 & exit /b 1)
pushd "%here%"
echo Installing the npm packages 1>&2
call npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error 1>&2 || goto refused
call npm rebuild node --loglevel=error 1>&2 || goto refused
popd
copy /y "%here%package-lock.json" "%modules%\.jinban-lock" >nul

:start
set "PATH=%modules%\node\bin;%PATH%"
set "rest="
shift
:collect
if "%~1"=="" goto run
set rest=%rest% %1
shift
goto collect
:run
"%node%" "%here%build\cli\%verb%.ts" %rest%
exit /b %errorlevel%

:refused
popd
echo jinban: npm could not install the packages. Let this machine reach the npm registry, then run the same command again. 1>&2
exit /b 1

:usage
echo usage: jinban VERB [ARGUMENT...]   (the verbs are the files of build\cli)
exit /b 2
