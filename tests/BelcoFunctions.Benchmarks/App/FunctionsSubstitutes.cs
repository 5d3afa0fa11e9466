using System.Net;
using System.Security.Claims;
using Azure;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace BelcoFunctions.Benchmarks.App;

// Free substitutes for what the app calls on Azure, so that only the app's code is measured.

/// <summary>A request as the Functions worker hands it to a function.</summary>
internal sealed class WorkerRequest : HttpRequestData
{
    public WorkerRequest(byte[] body, string signature) : base(NoContext.Instance)
    {
        Body = new MemoryStream(body);
        Headers.TryAddWithoutValidation("Content-Length", $"{body.Length}");
        Headers.TryAddWithoutValidation(Webhooks.Settings.SignatureHeader!, signature);
    }

    public override string Method => "POST";
    public override Uri Url => throw new NotSupportedException();
    public override HttpHeadersCollection Headers { get; } = new();
    public override Stream Body { get; }
    public override IReadOnlyCollection<IHttpCookie> Cookies => [];
    public override IEnumerable<ClaimsIdentity> Identities => [];
    public override HttpResponseData CreateResponse() => new WorkerResponse();
}

internal sealed class WorkerResponse() : HttpResponseData(NoContext.Instance)
{
    public override HttpStatusCode StatusCode { get; set; }
    public override HttpHeadersCollection Headers { get; set; } = new();
    public override Stream Body { get; set; } = new MemoryStream();
    public override HttpCookies Cookies => throw new NotSupportedException();
}

/// <summary>The invocation that a request belongs to. The app does not use it.</summary>
internal sealed class NoContext : FunctionContext
{
    public static readonly NoContext Instance = new();

    public override string InvocationId => throw new NotSupportedException();
    public override string FunctionId => throw new NotSupportedException();
    public override TraceContext TraceContext => throw new NotSupportedException();
    public override BindingContext BindingContext => throw new NotSupportedException();
    public override RetryContext RetryContext => throw new NotSupportedException();
    public override IServiceProvider InstanceServices { get; set; } = null!;
    public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();
    public override IInvocationFeatures Features => throw new NotSupportedException();
}

internal sealed class NoOpServiceBus : ServiceBusClient
{
    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender();
    public override ServiceBusReceiver CreateReceiver(string queueName) => null!;

    private sealed class Sender : ServiceBusSender
    {
        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
            Task.CompletedTask;
    }
}

/// <summary>Counts completed messages. Throws for any other settlement.</summary>
internal sealed class CountingActions : ServiceBusMessageActions
{
    private int completed;

    public int Completed => completed;

    public override Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref completed);
        return Task.CompletedTask;
    }
}

/// <summary>An empty table that accepts every transaction.</summary>
internal sealed class NoOpTable : TableClient
{
    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<NullableResponse<T>>(new NoRow<T>());

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        Task.FromResult(Response.FromValue<IReadOnlyList<Response>>([], null!));

    private sealed class NoRow<T> : NullableResponse<T>
    {
        public override bool HasValue => false;
        public override T Value => throw new NotSupportedException();
        public override Response GetRawResponse() => null!;
    }
}
