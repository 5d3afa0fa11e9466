using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Protects every answer, and turns errors into pages.</summary>
internal sealed partial class ViewerMiddleware(RequestDelegate next, TimeProvider time, ILogger<ViewerMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            ViewerSecurity.AddHeaders(http.Response);
            return Task.CompletedTask;
        });
        if (ForeignRequest.IsForeign(http.Request))
        {
            await ErrorPages.Foreign().ExecuteAsync(http);
            return;
        }

        try
        {
            await ReadAsync(http);
            if (http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false })
            {
                await ErrorPages.NotFound().ExecuteAsync(http);
            }
        }
        catch (AnotherVersionException exception) when (!http.Response.HasStarted)
        {
            Log.RowNotRead(logger, exception.Message);
            await ErrorPages.AnotherVersion(exception.Message).ExecuteAsync(http);
        }
        catch (StoreUnavailableException exception) when (!http.Response.HasStarted)
        {
            Log.StoreUnavailable(logger, exception.Message);
            await ErrorPages.StoreUnavailable().ExecuteAsync(http);
        }
        catch (QueueUnavailableException exception) when (!http.Response.HasStarted)
        {
            Log.QueueUnavailable(logger, exception.Message);
            await ErrorPages.QueueUnavailable(exception.Message).ExecuteAsync(http);
        }
        catch (DamagedRowException exception) when (!http.Response.HasStarted)
        {
            Log.RowNotRead(logger, exception.Message);
            await ErrorPages.RowDamaged(exception.Message).ExecuteAsync(http);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or DamagedRowException)
        {
            // A part of the answer was sent. Break it off, so that it does not look complete.
            Log.BrokenOff(logger, exception.Message);
            http.Abort();
        }
        catch (Exception exception) when (!http.Response.HasStarted && IsOurs(exception, http))
        {
            Log.Failed(logger, exception);
            await ErrorPages.Failed().ExecuteAsync(http);
        }
    }

    private async Task ReadAsync(HttpContext http)
    {
        var gone = http.RequestAborted;
        using var wait = new StoreWait(time, gone);
        http.RequestAborted = wait.Token;
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (wait.Token.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw StoreWait.NoAnswer();
        }
        finally
        {
            http.RequestAborted = gone;
        }
    }

    // A request that broke off or was not HTTP is the sender's error. The host answers it.
    private static bool IsOurs(Exception exception, HttpContext http) =>
        exception is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The viewer could not read the storage account: {Reason}")]
        public static partial void StoreUnavailable(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The viewer could not read the queues: {Reason}")]
        public static partial void QueueUnavailable(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "The viewer could not show a page: {Reason}")]
        public static partial void RowNotRead(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "The viewer broke off an answer: {Reason}")]
        public static partial void BrokenOff(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "The viewer could not show a page.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
