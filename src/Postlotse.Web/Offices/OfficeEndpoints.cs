using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postlotse.Letters;
using Postlotse.Web.Shared;

namespace Postlotse.Web.Offices;

/// <summary>Who is responsible for what, for everybody signed in.</summary>
internal static class OfficeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        "/offices", (HttpContext http, Frames frames, Organisation organisation) => frames.Page<OfficesPage>(http, organisation));
}
