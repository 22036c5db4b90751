using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Delivery;
using Postlotse.Letters;
using Postlotse.Storage;
using Postlotse.Web.Shared;
using Postlotse.Web.SignIn;

namespace Postlotse.Web.Offices;

/// <summary>Who is responsible for what, for everybody signed in; for organisers also which Postkörbe nobody looks after.</summary>
internal static class OfficeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/offices", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, Frames frames, Organisation organisation, AccountStore accounts)
    {
        var account = CurrentAccount.Of(http)!;
        var concerned = Access.IsAtWork(account, Role.Organiser) || Access.IsAtWork(account, Role.Administrator);
        IReadOnlyList<Unit> unattended =
            concerned ? new Attendance(organisation, await accounts.ListAsync(http.RequestAborted)).Unattended : [];
        return frames.Page<OfficesPage>(http, new OfficesModel(organisation, unattended));
    }
}

/// <param name="Unattended">Offices without a member, for whom it concerns.</param>
public sealed record OfficesModel(Organisation Organisation, IReadOnlyList<Unit> Unattended);
