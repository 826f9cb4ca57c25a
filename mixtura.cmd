@echo off
rem Starts the mixtura command on Windows: builds on first use, then runs java.
rem   JAVA_HOME    the JDK to use (17 or newer); else the java on PATH
rem   MIXTURA_JVM  more options for the JVM, such as -Xmx8g
setlocal
set "root=%~dp0"
set "lib=%root%cli\target\app\lib"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"

"%java%" --version >nul 2>&1
if errorlevel 1 (
    echo mixtura: needs a JDK, 17 or newer: set JAVA_HOME or put its java on PATH 1>&2
    exit /b 1
)

if not exist "%lib%\mixtura-cli.jar" (
    echo mixtura: first use, building ^(about a minute^) ... 1>&2
    pushd "%root%"
    if not exist cli\target mkdir cli\target
    call .\mvnw.cmd --batch-mode --quiet -Dmaven.test.skip=true --projects cli --also-make package >cli\target\first-use.log 2>&1
    popd
)
if not exist "%lib%\mixtura-cli.jar" (
    echo mixtura: the build failed; see "%root%cli\target\first-use.log" 1>&2
    exit /b 1
)

rem The value of --memory is the largest heap.
set "heap="
set "before="
for %%w in (%*) do (
    if defined before set "heap=-Xmx%%~w"
    set "before="
    if "%%~w"=="--memory" set "before=yes"
)

rem The options are those of the mixtura script beside this one, which gives the reasons.
"%java%" -XX:+UseSerialGC -Xms32m -Xmn8m -Xlog:disable --enable-native-access=duckdb.jdbc %heap% %MIXTURA_JVM% -p "%lib%" -m org.mixtura.cli/org.mixtura.cli.Main %*
exit /b %ERRORLEVEL%
